using Snowplow.Model.Rules;

namespace Snowplow.Model.Tests.History;

/// <summary>People are forgotten in the middle of everything: what is left is the batch computation without what was collected before.</summary>
public sealed class ForgottenHistoryTests
{
    private static readonly int Histories = Environment.GetEnvironmentVariable("SNOWPLOW_TEST_SCALE") == "full" ? 2000 : 50;

    // Every other history has sessions whose cuts move, so that states keep lines.
    private static readonly ModelRules MovingCuts = HistoryTables.With("""{"new_campaign":true,"max_length":1800}""");

    [Fact]
    public void Tables_OfEventsInTheOrderOfTheirArrival_EqualTheBatchComputationOverWhatCameAfter()
    {
        var forgotten = 0;
        for (var seed = 0; seed < Histories; seed++)
        {
            var traffic = new Traffic(40_000 + seed, hasMembers: false);
            List<TestEvent> events =
            [
                .. traffic.Arrivals(traffic.Events(20 + seed * 5 % 280, TimeSpan.FromHours(5.9)), lateShare: 0.3, hoursLate: 5)
                    .OrderBy(arrival => arrival.At).Select(arrival => arrival.Event with { Collector = arrival.At }),
            ];
            forgotten += Check(seed, events);
        }

        forgotten.ShouldBeGreaterThan(Histories * 5);
    }

    [Fact]
    public void Tables_OfShuffledEvents_EqualTheBatchComputationOverWhatCameAfter()
    {
        for (var seed = 0; seed < Histories; seed++)
        {
            var traffic = new Traffic(50_000 + seed, hasMembers: false);
            var span = TimeSpan.FromHours(5.9);
            var events = traffic.WithCopies(traffic.Events(20 + seed * 7 % 280, span), 0.2, span);
            traffic.Shuffle(events);
            Check(seed, events);
        }
    }

    private static int Check(int seed, List<TestEvent> events)
    {
        var forgets = Forgets(new Chance(seed), events);
        var rules = seed % 2 == 0 ? HistoryTables.Rules : MovingCuts;
        var pipeline = new Pipeline(seed, rules) { Forgets = forgets, StepsBetweenRestarts = 41 };
        pipeline.Run(events, 1 + seed % 3);
        var differences = TableComparison.Differences(pipeline.Tables, SqlOracle.Compute(TestEvent.Lines([.. events, .. forgets]), rules.Sessions));
        differences.ShouldBeEmpty($"seed {seed}:\n{string.Join('\n', differences)}");
        return pipeline.Tables["forgotten"].Rows.Count;
    }

    // A person is some user keys with all their sessions; some are forgotten twice, and sometimes a session alone.
    private static List<TestEvent> Forgets(Chance chance, List<TestEvent> events)
    {
        var reader = new EventKeyReader();
        var keys = TestEvent.Lines(events).Select(reader.Read).Where(keys => keys.Session is not null).ToList();
        var forgets = new List<TestEvent>();
        for (var person = chance.Between(1, 3); person > 0; person--)
        {
            var users = Enumerable.Range(0, chance.Between(1, 2)).Select(_ => keys[chance.Between(0, keys.Count - 1)].User).OfType<string>().ToHashSet();
            HashSet<string> named = [.. users, .. keys.Where(key => key.User is { } user && users.Contains(user)).Select(key => key.Session!)];
            if (chance.Once(0.3)) named.Add(keys[chance.Between(0, keys.Count - 1)].Session!);
            for (var times = chance.Between(1, 2); times > 0; times--)
                forgets.Add(TestEvent.Forget(TestEvent.Noon + chance.Within(TimeSpan.FromHours(6)), named) with { Id = chance.Id() });
        }

        return forgets;
    }
}
