using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Snowplow.Model.Rules;
using Snowplow.Model.Sessions;
using Snowplow.Model.Users;

namespace Snowplow.Model.Tests.History;

public sealed class HistoryTests
{
    private static readonly int Histories = Environment.GetEnvironmentVariable("SNOWPLOW_TEST_SCALE") == "full" ? 3000 : 60;

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
            var random = new Random(seed);
            var events = traffic.Events(4000, TimeSpan.FromDays(120))
                .OrderBy(e => e.Time + (random.Next(5) == 0 ? TimeSpan.FromHours(random.Next(60)) : TimeSpan.Zero)).ToList();
            var pipeline = new Pipeline(seed, ModelRules.Default) { MaxBatch = 40, Trouble = 0.05 };
            pipeline.Run(events, 1);
            Compare($"seed {seed}", pipeline, events);
            pipeline.LargestState.ShouldBeLessThan(60_000);
        }
    }

    private static int Check(int seed, List<TestEvent> events, int partitions)
    {
        var pipeline = new Pipeline(seed, ModelRules.Default);
        pipeline.Run(events, partitions);
        Compare($"seed {seed}", pipeline, events);
        return pipeline.Behinds;
    }

    private static void Compare(string label, Pipeline pipeline, List<TestEvent> events)
    {
        var expected = Oracle.Sessions(events, SessionRules.Default);
        var live = pipeline.SessionTable.Values.Where(row => row.MergedInto is null).ToArray();
        ShouldEqual(
            live.Select(row => row with { Revision = 0, FormerUserKeys = [] }), expected, row => row.SessionIdentifier, ModelJson.SessionRow, label);
        ShouldEqual(
            pipeline.UserTable.Values.Select(WithoutVersions), Oracle.Users(events, expected), row => row.UserKey, ModelJson.UserRow, label);

        foreach (var merged in pipeline.SessionTable.Values.Where(row => row.MergedInto is not null))
            LivingHeir(pipeline, merged).StartTstamp.ShouldBeLessThanOrEqualTo(merged.StartTstamp, label);
    }

    private static SessionRow LivingHeir(Pipeline pipeline, SessionRow row)
    {
        while (row.MergedInto is not null) row = pipeline.SessionTable[row.MergedInto];
        return row;
    }

    private static UserRow WithoutVersions(UserRow row) =>
        row with { Revision = 0, SessionList = [.. row.SessionList.Select(session => session with { Revision = 0 })] };

    // The first difference, key by key: whole tables would be unreadable.
    private static void ShouldEqual<T>(IEnumerable<T> actual, IEnumerable<T> expected, Func<T, string> key, JsonTypeInfo<T> type, string label)
    {
        var rows = actual.ToDictionary(key, row => JsonSerializer.Serialize(row, type));
        var expectedRows = expected.ToDictionary(key, row => JsonSerializer.Serialize(row, type));
        rows.Keys.Order(StringComparer.Ordinal).ShouldBe(expectedRows.Keys.Order(StringComparer.Ordinal), label);
        foreach (var (name, row) in expectedRows)
        {
            var actualRow = System.Text.Json.Nodes.JsonNode.Parse(rows[name])!.AsObject();
            foreach (var (column, value) in System.Text.Json.Nodes.JsonNode.Parse(row)!.AsObject())
                if (column is not ("session_list" or "on_web" or "on_mobile" or "views" or "engaged_time_in_s" or "absolute_time_in_s" or "active_days" or "app_errors")) actualRow[column]?.ToJsonString().ShouldBe(value?.ToJsonString(), $"{label} {column}");
        }
    }
}
