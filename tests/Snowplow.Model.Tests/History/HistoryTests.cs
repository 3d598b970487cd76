using Snowplow.Model.Sessions;

namespace Snowplow.Model.Tests.History;

public sealed class HistoryTests
{
    private static readonly bool IsFull = Environment.GetEnvironmentVariable("SNOWPLOW_TEST_SCALE") == "full";
    private static readonly int Histories = IsFull ? 3000 : 60;

    [Fact]
    public void Tables_OfShuffledAndCopiedEventsThroughTrouble_EqualTheBatchComputation()
    {
        var span = TimeSpan.FromHours(5.9); // Within it every copy is known.
        var behinds = 0;
        for (var seed = 0; seed < Histories; seed++)
        {
            var traffic = new Traffic(seed);
            var events = traffic.WithCopies(traffic.Events(20 + seed * 5 % 280, span), 0.2, span);
            traffic.Shuffle(events);
            behinds += Check(seed, events, 1 + seed % 3);
        }

        behinds.ShouldBeGreaterThan(Histories); // The paths of loss are walked.
    }

    [Fact]
    public void Tables_OfEventsUpToThreeDaysLate_EqualTheBatchComputation()
    {
        for (var seed = 0; seed < Histories; seed++)
        {
            var traffic = new Traffic(10_000 + seed);
            var events = traffic.Events(20 + seed * 7 % 380, SessionRules.Default.Lateness);
            traffic.Shuffle(events);
            Check(seed, events, 1 + seed % 3);
        }
    }

    [Fact]
    public void Tables_OfMonthsOfMostlyOrderedEvents_EqualTheBatchComputationAndStatesStayBounded()
    {
        for (var seed = 0; seed < Histories / 10; seed++)
        {
            var traffic = new Traffic(20_000 + seed);
            var events = InOrder(traffic.Arrivals(traffic.Events(4000, TimeSpan.FromDays(120)), lateShare: 0.2, hoursLate: 60));
            var pipeline = new Pipeline(seed, HistoryTables.Rules) { MaxBatch = 40, Trouble = 0.05 };
            pipeline.Run(events, 1);
            Compare($"seed {seed}", pipeline, events);
            pipeline.LargestState.ShouldBeLessThan(60_000);
        }
    }

    [Fact]
    public void Tables_OfManyUsersAndTwoRobotsThroughRestarts_EqualTheBatchComputation()
    {
        var (users, ofRobots) = IsFull ? (10_500, 100_000) : (500, 2_000);
        var traffic = new Traffic(30_000);
        var events = InOrder(
        [
            .. traffic.Arrivals(traffic.Population(users, TimeSpan.FromDays(3)), lateShare: 0.05, hoursLate: 48, copyShare: 0.02),
            .. traffic.Arrivals(traffic.Robot(ofRobots, "Mozilla/5.0 (compatible; Bingbot/2.0)"), lateShare: 0.01, hoursLate: 48),
            .. traffic.Arrivals(traffic.Robot(ofRobots, "Mozilla/5.0 (compatible; Fetcher/1.0)"), lateShare: 0.01, hoursLate: 48),
        ]);
        var pipeline = new Pipeline(30_000, HistoryTables.Rules)
        {
            MaxBatch = IsFull ? 400 : 40,
            Trouble = IsFull ? 0.002 : 0.02, // Of each grain's call: there are many in a batch.
            StepsBetweenRestarts = 97,
            IsInStep = true,
        };
        pipeline.Run(events, 3);
        Compare("many users", pipeline, events);
        ShouldBeExact("many users", pipeline);
        pipeline.Tables["users"].Rows.Count.ShouldBeGreaterThan(users / 2);
    }

    private static List<TestEvent> InOrder(IEnumerable<(TestEvent Event, DateTimeOffset At)> arrivals) =>
        [.. arrivals.OrderBy(arrival => arrival.At).Select(arrival => arrival.Event)];

    private static int Check(int seed, List<TestEvent> events, int partitions)
    {
        var pipeline = new Pipeline(seed, HistoryTables.Rules);
        pipeline.Run(events, partitions);
        Compare($"seed {seed}", pipeline, events);
        ShouldBeExact($"seed {seed}", pipeline);
        return pipeline.Behinds;
    }

    private static void Compare(string label, Pipeline pipeline, List<TestEvent> events)
    {
        var differences = TableComparison.Differences(pipeline.Tables, SqlOracle.Compute(TestEvent.Lines(events)));
        differences.ShouldBeEmpty($"{label}:\n{string.Join('\n', differences)}");
        var sessions = pipeline.Tables["sessions"].Rows;
        foreach (var row in sessions.Values)
        {
            var heir = row;
            while (heir.TryGetProperty("merged_into", out var id)) heir = sessions[id.GetString()!];
            string.CompareOrdinal(Start(heir), Start(row)).ShouldBeLessThanOrEqualTo(0, label);
        }
    }

    // Within all bounds no row says that it has passed one.
    private static void ShouldBeExact(string label, Pipeline pipeline) =>
        HistoryTables.All.SelectMany(table => pipeline.Tables[table.Name].Rows)
            .Where(row => row.Value.TryGetProperty("inexact_columns", out var columns) && columns.GetArrayLength() > 0)
            .Select(row => $"{row.Key}: {row.Value.GetProperty("inexact_columns")}").Take(10).ShouldBeEmpty(label);

    private static string? Start(System.Text.Json.JsonElement session) => session.GetProperty("start_tstamp").GetString();
}
