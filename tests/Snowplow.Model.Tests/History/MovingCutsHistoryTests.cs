using Snowplow.Model.Rules;
using Snowplow.Model.Sessions;

namespace Snowplow.Model.Tests.History;

/// <summary>
/// Sessions cut by campaign and by length, where one late event moves all cuts behind it: as in <see cref="HistoryTests"/>, the
/// tables are those of the batch computation.
/// </summary>
public sealed class MovingCutsHistoryTests
{
    private static readonly int Histories = Environment.GetEnvironmentVariable("SNOWPLOW_TEST_SCALE") == "full" ? 2000 : 40;

    // Short ones, so that cuts lie close together.
    private static readonly ModelRules[] Rules =
    [
        HistoryTables.With("""{"new_campaign":true}"""),
        HistoryTables.With("""{"max_length":600}"""),
        HistoryTables.With("""{"new_campaign":true,"max_length":1200,"midnight":"UTC"}"""),
        HistoryTables.With("""{"new_campaign":true,"max_length":86400,"inactivity_gap":7200}"""),
    ];

    [Fact]
    public void Tables_OfShuffledAndCopiedEventsThroughTrouble_EqualTheBatchComputation()
    {
        var (span, mergedAway) = (TimeSpan.FromHours(5.9), 0);
        for (var seed = 0; seed < Histories; seed++)
        {
            var traffic = new Traffic(60_000 + seed);
            var events = traffic.WithCopies(traffic.Events(20 + seed * 5 % 280, span), 0.2, span);
            traffic.Shuffle(events);
            mergedAway += Check(seed, events, new Pipeline(seed, Rules[seed % Rules.Length]), 1 + seed % 3);
        }

        mergedAway.ShouldBeGreaterThan(Histories); // Cuts do move.
    }

    [Fact]
    public void Tables_OfEventsUpToThreeDaysLate_EqualTheBatchComputation()
    {
        for (var seed = 0; seed < Histories; seed++)
        {
            var traffic = new Traffic(70_000 + seed);
            var events = traffic.Events(20 + seed * 7 % 380, SessionRules.Default.Lateness);
            traffic.Shuffle(events);
            Check(seed, events, new Pipeline(seed, Rules[seed % Rules.Length]), 1 + seed % 3);
        }
    }

    [Fact]
    public void Tables_OfMonthsOfMostlyOrderedEventsThroughRestarts_EqualTheBatchComputation()
    {
        for (var seed = 0; seed < Math.Max(4, Histories / 20); seed++)
        {
            var traffic = new Traffic(80_000 + seed);
            List<TestEvent> events =
            [
                .. traffic.Arrivals(traffic.Events(2000, TimeSpan.FromDays(60)), lateShare: 0.3, hoursLate: 60, copyShare: 0.02)
                    .OrderBy(arrival => arrival.At).Select(arrival => arrival.Event),
            ];
            Check(seed, events, new Pipeline(seed, Rules[seed % Rules.Length]) { MaxBatch = 40, Trouble = 0.05, StepsBetweenRestarts = 23 }, 1);
        }
    }

    private static int Check(int seed, List<TestEvent> events, Pipeline pipeline, int partitions)
    {
        pipeline.Run(events, partitions);
        var differences = TableComparison.Differences(pipeline.Tables, SqlOracle.Compute(TestEvent.Lines(events), Rules[seed % Rules.Length].Sessions));
        differences.ShouldBeEmpty($"seed {seed}:\n{string.Join('\n', differences)}");
        var sessions = pipeline.Tables["sessions"].Rows;
        foreach (var row in sessions.Values)
        {
            row.GetProperty("inexact_columns").GetArrayLength().ShouldBe(0, $"seed {seed}: {row}");
            var heir = row;
            while (heir.TryGetProperty("merged_into", out var id)) heir = sessions[id.GetString()!];
            string.CompareOrdinal(Start(heir), Start(row)).ShouldBeLessThanOrEqualTo(0, $"seed {seed}: {row}");
        }

        return sessions.Values.Count(row => row.TryGetProperty("merged_into", out _));
    }

    private static string? Start(System.Text.Json.JsonElement session) => session.GetProperty("start_tstamp").GetString();
}
