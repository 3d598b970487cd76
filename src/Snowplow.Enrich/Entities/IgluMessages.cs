using System.Text;
using Snowplow.Enrich.Iglu;
using Snowplow.Events.BadRows;

namespace Snowplow.Enrich.Entities;

/// <summary>Turns failures of the Iglu validator into messages of bad rows.</summary>
internal static class IgluMessages
{
    /// <summary>The message of a failure.</summary>
    /// <param name="failure">What the validator found.</param>
    /// <param name="field">The column that the JSON was meant for.</param>
    /// <param name="json">The JSON as far as it was decoded.</param>
    public static FailureMessage Of(IgluFailure failure, string field, ReadOnlyMemory<byte> json) => failure switch
    {
        IgluFailure.NotJson notJson => new NotJsonMessage(field, Encoding.UTF8.GetString(json.Span), notJson.Error),
        IgluFailure.NotIglu notIglu => new NotIgluMessage(notIglu.Json.ToArray(), notIglu.Error),
        IgluFailure.CriterionMismatch mismatch => new CriterionMismatchMessage(mismatch.Key, mismatch.Criterion),
        IgluFailure.Resolution resolution => new ResolutionMessage(resolution.Key, [.. resolution.LookupHistory.Select(Lookup)]),
        IgluFailure.Validation validation => new ValidationMessage(
            validation.Key,
            validation.SupersededBy?.Version,
            [.. validation.DataReports.Select(r => new DataReport(r.Message, r.Path, r.Keyword, r.Targets))]),
        IgluFailure.BrokenSchema broken => new InvalidSchemaMessage(broken.Key, [.. broken.SchemaIssues.Select(i => (i.Path, i.Message))]),
        _ => throw new InvalidOperationException($"The failure {failure.GetType().Name} has no message in bad rows."),
    };

    private static Events.BadRows.RegistryLookup Lookup(Iglu.RegistryLookup lookup) => new(
        lookup.Repository,
        [.. lookup.Errors.Select(e => new Events.BadRows.RegistryError(e.Error, e.Message))],
        lookup.Attempts,
        lookup.LastAttempt);
}
