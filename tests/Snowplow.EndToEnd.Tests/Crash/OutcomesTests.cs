using System.Text.Json.Nodes;
using Snowplow.EndToEnd.Tests.Enriched;

namespace Snowplow.EndToEnd.Tests.Crash;

/// <summary>The judge of the crash test must see what it is there to see.</summary>
public sealed class OutcomesTests
{
    private const string A = "0b8e0fd2-7d0d-4d3a-8a1b-1f0a4f3a7c01";
    private const string B = "0b8e0fd2-7d0d-4d3a-8a1b-1f0a4f3a7c02";
    private const string C = "0b8e0fd2-7d0d-4d3a-8a1b-1f0a4f3a7c03";

    [Fact]
    public void Lost_WhenAnEventHasNeitherLineNorBadRow_NamesIt() =>
        Outcomes.Of([Line(A)], [SchemaViolation(B)], []).Lost([A, B, C]).ShouldBe([C]);

    [Fact]
    public void Doubled_WhenEachEventHasOneOutcome_IsEmpty() =>
        Outcomes.Of([Line(A)], [SchemaViolation(B), UnreadableRequest(C)], [Line(B)]).Doubled().ShouldBeEmpty();

    [Fact]
    public void Doubled_WhenAnEventHasTwoLines_NamesIt() =>
        Outcomes.Of([Line(A), Line(B), Line(A)], [], []).Doubled().ShouldBe([$"{A}: 2 lines, 0 bad rows"]);

    [Fact]
    public void Doubled_WhenAnEventHasALineAndABadRow_NamesIt() =>
        Outcomes.Of([Line(A)], [SchemaViolation(A)], []).Doubled().ShouldBe([$"{A}: 1 lines, 1 bad rows"]);

    [Fact]
    public void Doubled_WhenARequestHasTwoBadRows_NamesItsEvents() =>
        Outcomes.Of([], [UnreadableRequest(C), UnreadableRequest(C)], []).Doubled().ShouldBe([$"{C}: 0 lines, 2 bad rows"]);

    [Fact]
    public void Doubled_WhenAnEventHasTwoFailedEvents_NamesIt() =>
        Outcomes.Of([], [SchemaViolation(A)], [Line(A), Line(A)]).Doubled().ShouldBe([$"{A}: 2 failed events"]);

    [Fact]
    public void Unmatched_WhenFailedEventsAreThoseOfBadRowsOfRunsWithThem_IsEmpty() =>
        Outcomes.Of([], [SchemaViolation(A), SchemaViolation(B, "9.0.1"), UnreadableRequest(C)], [Line(A)]).Unmatched().ShouldBeEmpty();

    [Fact]
    public void Unmatched_WhenAFailedEventIsMissing_NamesIt() =>
        Outcomes.Of([], [SchemaViolation(A), SchemaViolation(B)], [Line(B)]).Unmatched().ShouldBe([$"{A}: a bad row without its failed event"]);

    [Fact]
    public void Unmatched_WhenAFailedEventHasNoBadRow_NamesIt() =>
        Outcomes.Of([Line(A)], [SchemaViolation(B, "9.0.1")], [Line(A), Line(B)]).Unmatched()
            .ShouldBe([$"{A}: a failed event without its bad row", $"{B}: a failed event without its bad row"]);

    private static TsvEvent Line(string id)
    {
        var columns = new string[TsvColumns.Names.Count];
        columns[TsvColumns.PositionOf("event_id")] = id;
        return new TsvEvent(string.Join('\t', columns));
    }

    private static JsonObject SchemaViolation(string id, string version = "9.1.0") => BadRow("schema_violations", version, new JsonObject
    {
        ["enriched"] = new JsonObject { ["event_id"] = id },
        ["raw"] = new JsonObject { ["parameters"] = new JsonArray(new JsonObject { ["name"] = "eid", ["value"] = id }) },
    });

    private static JsonObject UnreadableRequest(string id) => BadRow("adapter_failures", "9.1.0", new JsonObject
    {
        ["body"] = $$"""{ "data": [{ "e": "ue", "eid": "{{id}}" }]""",
    });

    private static JsonObject BadRow(string type, string version, JsonObject payload) => new()
    {
        ["schema"] = $"iglu:com.snowplowanalytics.snowplow.badrows/{type}/jsonschema/2-0-1",
        ["data"] = new JsonObject { ["processor"] = new JsonObject { ["version"] = version }, ["payload"] = payload },
    };
}
