using Snowplow.Enrich.JsonSchema;
using Snowplow.Events.Iglu;

namespace Snowplow.Enrich.Iglu;

/// <summary>
/// Why a self-describing JSON is not accepted: one of the nested records, which are the messages of Snowplow's bad rows.
/// </summary>
public abstract record IgluFailure
{
    private IgluFailure()
    {
    }

    /// <summary>The text is no JSON, or nests too deeply.</summary>
    /// <param name="Error">What is wrong and where.</param>
    public sealed record NotJson(string Error) : IgluFailure;

    /// <summary>The JSON is not self-describing.</summary>
    /// <param name="Json">The JSON; a slice of the text that was given.</param>
    /// <param name="Error">
    /// <c>INVALID_DATA_PAYLOAD</c> (not an object with <c>schema</c> and <c>data</c>), <c>INVALID_IGLUURI</c> or
    /// <c>INVALID_SCHEMAVER</c>.
    /// </param>
    public sealed record NotIglu(ReadOnlyMemory<byte> Json, string Error) : IgluFailure;

    /// <summary>The schema is another than the place calls for.</summary>
    public sealed record CriterionMismatch(SchemaKey Key, SchemaCriterion Criterion) : IgluFailure;

    /// <summary>The schema was not found.</summary>
    /// <param name="Key">The schema.</param>
    /// <param name="LookupHistory">What each registry said.</param>
    /// <param name="IsUnreachable">Whether a registry could not be asked, so that the event is worth replaying.</param>
    public sealed record Resolution(SchemaKey Key, IReadOnlyList<RegistryLookup> LookupHistory, bool IsUnreachable) : IgluFailure;

    /// <summary>The data breaks its schema.</summary>
    /// <param name="Key">The schema that it names.</param>
    /// <param name="SupersededBy">The version whose rules it breaks, where the one it names is superseded; null otherwise.</param>
    /// <param name="DataReports">How.</param>
    public sealed record Validation(SchemaKey Key, SchemaKey? SupersededBy, IReadOnlyList<DataReport> DataReports) : IgluFailure;

    /// <summary>The schema itself is broken.</summary>
    public sealed record BrokenSchema(SchemaKey Key, IReadOnlyList<SchemaIssue> SchemaIssues) : IgluFailure;
}
