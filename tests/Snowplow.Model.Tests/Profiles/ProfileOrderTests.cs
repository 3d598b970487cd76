using System.Globalization;
using Snowplow.Events.Enriched;
using Snowplow.Model.Tests.History;

namespace Snowplow.Model.Tests.Profiles;

/// <summary>Profiles depend on the set of events alone: not on order, batches, copies, or writing and reading.</summary>
public sealed class ProfileOrderTests
{
    /// <summary>When profiles are read, in minutes after the last event.</summary>
    private static readonly int[] Later = [0, 7, 45, 90];

    [Fact]
    public void Profiles_OfEventsInAnyOrderAndAnyBatches_AreWhatTheDefinitionSays()
    {
        for (var seed = 0; seed < 60; seed++)
        {
            var chance = new Chance(seed);
            var events = Events(chance, chance.Between(1, 120), chance.Between(1, 90));
            var end = events.Max(e => e.Time);
            var expected = Later.Select(minutes => ProfileOracle.Expected(events, end.AddMinutes(minutes))).ToArray();
            for (var round = 0; round < 3; round++)
            {
                chance.Shuffle(events);
                var profile = new ProfileFixture(ProfileOracle.Attributes);
                foreach (var batch in events.Chunk(chance.Between(1, 40)))
                {
                    profile.Apply(batch);
                    if (chance.Once(0.3)) profile.Reread();
                }

                for (var i = 0; i < Later.Length; i++)
                {
                    var attributes = profile.At(end.AddMinutes(Later[i]));
                    attributes.Count.ShouldBe(expected[i].Count);
                    foreach (var (name, value) in expected[i])
                        attributes[name]?.ToJsonString().ShouldBe(value?.ToJsonString(), $"{name}, {Later[i]} minutes later, seed {seed}, round {round}");
                }
            }
        }
    }

    [Fact]
    public void Profiles_OfBatchesSentAgain_AreAsIfSentOnce()
    {
        for (var seed = 0; seed < 50; seed++)
        {
            var chance = new Chance(seed);
            var batches = Events(chance, 60, 30).Chunk(5).Select(TestEvent.Lines).ToArray();
            var (once, again) = (new ProfileFixture(ProfileOracle.Attributes), new ProfileFixture(ProfileOracle.Attributes));
            for (var i = 0; i < batches.Length; i++)
            {
                once.State.Apply("log/0", i, i + 1, batches[i]);
                again.State.Apply("log/0", i, i + 1, batches[i]);
                var from = chance.Between(0, i);
                for (var j = from; j <= i; j++) again.State.Apply("log/0", 0, j + 1, batches[j]).ShouldBe(ApplyOutcome.AlreadyApplied);
            }

            again.At(TestEvent.Noon.AddHours(2)).ToJsonString().ShouldBe(once.At(TestEvent.Noon.AddHours(2)).ToJsonString());
        }
    }

    private static List<TestEvent> Events(Chance chance, int count, int titles)
    {
        var events = new List<TestEvent>();
        for (var i = 0; i < count; i++)
        {
            var e = new TestEvent
            {
                Id = chance.Id(),
                UserId = "ann",
                Time = TestEvent.Noon + chance.Within(TimeSpan.FromHours(2)),
                Title = chance.Once(0.8) ? $"title {chance.Between(1, titles)}" : null,
            };
            if (chance.Once(0.7)) e = e.Also((EventField.TrTotal, (chance.Between(-5000, 5000) / 100m).ToString(CultureInfo.InvariantCulture)));
            events.Add(e);
            while (chance.Once(0.3)) events.Add(e with { Time = e.Time + chance.Within(TimeSpan.FromMinutes(chance.Pick(1, 30))) });
        }

        return events;
    }
}
