using System.Text;
using System.Text.Json;
using Snowplow.Enrich.Iglu;
using Snowplow.Enrich.JsonSchema;
using Snowplow.Events.Enriched;
using Snowplow.Events.Iglu;

namespace Snowplow.Enrich.Tests.Pipeline;

/// <summary>What holds of the failed events of any record, whatever its bytes are.</summary>
internal static class FailedEventRules
{
    private const string FailureSchema = "iglu:com.snowplowanalytics.snowplow/failure/jsonschema/1-0-0";

    // The default of EnrichOptions.MaxEventBytes; what holds more beside its bad row is left out.
    private const int MaxEventBytes = 1_000_000;

    private static readonly string[] Types = ["schema_violations", "enrichment_failures"];
    private static readonly Lazy<CompiledSchema> Failure = new(() =>
    {
        CompiledSchema.TryCompile(BuiltInRegistry.Find(SchemaKey.Parse(FailureSchema)), out var schema, out _).ShouldBeTrue();
        return schema!;
    });

    /// <summary>Each is an event to every reader, tells its failures, and has its bad row; none is missing that could be there.</summary>
    public static void Check(Outcome outcome)
    {
        outcome.Counts.Failed.ShouldBe(outcome.Failed.Count);
        foreach (var e in outcome.Failed) CheckEvent(e);

        var ids = outcome.Failed.Select(e => e.Text(EventField.EventId)!).ToList();
        var rows = outcome.Bad.Where(row => Types.Contains(row.Type)).ToList();
        ids.Except(rows.Select(row => Enriched(row, "event_id")!)).ShouldBeEmpty();
        ids.ShouldBe(
            rows.Where(row => IsWhole(row) && (row.ToString().Length < MaxEventBytes / 2 || ids.Contains(Enriched(row, "event_id")!)))
                .Select(row => Enriched(row, "event_id")!));
    }

    private static void CheckEvent(EnrichedEvent e)
    {
        EnrichedEventCheck.Check(e).ShouldBeNull();
        var column = JsonDocument.Parse(e.Text(EventField.DerivedContexts).ShouldNotBeNull()).RootElement;
        var entities = column.GetProperty("data").EnumerateArray().ToList();
        var failures = entities.TakeWhile(entity => entity.GetProperty("schema").GetString() == FailureSchema).ToList();
        failures.ShouldNotBeEmpty();
        foreach (var failure in failures) Failure.Value.Validate(Encoding.UTF8.GetBytes(failure.GetProperty("data").GetRawText())).ShouldBeEmpty();

        // As the analytics SDKs give it.
        using var json = new MemoryStream();
        using (var writer = new Utf8JsonWriter(json)) EnrichedEventJson.Write(e, writer);
        JsonDocument.Parse(json.ToArray()).RootElement.GetProperty("contexts_com_snowplowanalytics_snowplow_failure_1").GetArrayLength().ShouldBe(failures.Count);
    }

    private static bool IsWhole(BadRow row) => Enriched(row, "collector_tstamp") is not null && Enriched(row, "v_collector") is not null;

    private static string? Enriched(BadRow row, string field) => row.Payload.GetProperty("enriched").GetProperty(field).GetString();
}
