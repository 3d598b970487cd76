using System.Globalization;
using Snowplow.Model.Tests.History;
using static Snowplow.Model.Tests.Sessions.Cuts.CutState;

namespace Snowplow.Model.Tests.Sessions.Cuts;

/// <summary>
/// Made-up events close together, many at the same time: whatever the order, the batches, the partitions and the writes, the rows
/// are those of the events in order, and sessions are where the rule says, applied naively.
/// </summary>
public sealed class MovingCutsPropertyTests
{
    private static readonly int Runs = Environment.GetEnvironmentVariable("SNOWPLOW_TEST_SCALE") == "full" ? 20_000 : 600;

    [Fact]
    public void Rows_WhateverTheCourse_AreThoseOfTheEventsInOrder()
    {
        for (var seed = 0; seed < Runs; seed++)
        {
            var chance = new Chance(seed);
            var (newCampaign, maxMinutes, gap) = (chance.Once(0.7), chance.Once(0.7) ? chance.Pick(5, 12, 30) : (int?)null, chance.Pick(4, 10, 40));
            var sessions = FormattableString.Invariant(
                $$"""{"inactivity_gap":{{gap * 60}},"new_campaign":{{(newCampaign ? "true" : "false")}}{{(maxMinutes is { } m ? $",\"max_length\":{m * 60}" : "")}}}""");
            var events = Events(chance);

            var inOrder = new CutState(sessions);
            foreach (var e in events) inOrder.Apply(e);
            inOrder.Checkpoint();
            string.Join(' ', inOrder.Rows("sessions").Keys.Order(StringComparer.Ordinal).Select(id => id["n:nuid~".Length..]))
                .ShouldBe(string.Join(' ', Starts(events, newCampaign, maxMinutes, gap)), $"seed {seed}");

            var course = new CutState(sessions);
            TestEvent[] shuffled = [.. events];
            if (chance.Once(0.8)) new Random(seed).Shuffle(shuffled);
            for (var at = 0; at < shuffled.Length;)
            {
                var length = Math.Min(chance.Between(1, chance.Pick(1, 4, 12)), shuffled.Length - at);
                var partition = $"log/{chance.Between(0, 2)}";
                course.Apply(partition, shuffled[at..(at + length)]);
                at += length;
                if (chance.Once(0.4)) course.Checkpoint(chance.Once(0.5) ? partition : null);
            }

            course.Checkpoint();
            foreach (var table in new[] { "sessions", "views" })
            {
                var (rows, expected) = (course.Rows(table), inOrder.Rows(table));
                rows.Keys.Order(StringComparer.Ordinal).ShouldBe(expected.Keys.Order(StringComparer.Ordinal), $"seed {seed}, {table}");
                foreach (var (key, row) in expected) rows[key].ShouldBe(row, $"seed {seed}, {table} {key}");
            }
        }
    }

    private static TestEvent[] Events(Chance chance)
    {
        var step = chance.Pick(0.5, 1, 3);
        var events = Enumerable.Range(1, chance.Between(1, 40)).Select(number =>
        {
            var time = chance.Between(0, 60) * step;
            return At(time, chance.Pick(null, null, "a", "b"), chance.Pick("page_view", "page_view", "page_ping", "link_click"), $"00000000-0000-4000-8000-{number:D12}")
                with { WebPageId = chance.Pick(null, "v1", "v2", "v3"), Created = TestEvent.Noon.AddMinutes(time) };
        }).ToList();
        // Copies at other times, so that their order does not go by a hash.
        foreach (var e in events.Where(_ => chance.Once(0.15)).ToArray())
        {
            var copy = e with { Time = TestEvent.Noon.AddMinutes(chance.Between(0, 60) * step), Title = "copy", Campaign = chance.Pick(e.Campaign, "a") };
            if (copy.Time != e.Time) events.Add(copy);
        }

        return [.. events.OrderBy(e => e.Time).ThenBy(e => e.Created).ThenBy(e => e.Id, StringComparer.Ordinal)];
    }

    // The rule of docs/model-rules.md, word for word.
    private static IEnumerable<string> Starts(TestEvent[] events, bool newCampaign, int? maxMinutes, int gap)
    {
        DateTimeOffset? start = null, last = null;
        string? campaign = null;
        foreach (var sameTime in events.GroupBy(e => e.Time))
        {
            var isNew = start is null || sameTime.Key - last > TimeSpan.FromMinutes(gap)
                || (maxMinutes is { } max && sameTime.Key - start > TimeSpan.FromMinutes(max))
                || (newCampaign && sameTime.Any(e => e.Name != "page_ping" && e.Campaign is not null && e.Campaign != campaign));
            if (isNew)
            {
                (start, campaign) = (sameTime.Key, null);
                yield return sameTime.Key.ToString("yyyyMMdd'T'HHmmssfff'Z'", CultureInfo.InvariantCulture);
            }

            campaign ??= sameTime.FirstOrDefault(e => e.Campaign is not null)?.Campaign;
            last = sameTime.Key;
        }
    }
}
