using System.Text;
using Snowplow.Enrich.Iglu;
using Snowplow.Events.BadRows;
using Snowplow.Events.Enriched;

namespace Snowplow.Enrich.Entities;

/// <summary>Turns failures of the Iglu validator into messages of bad rows.</summary>
internal static class IgluMessages
{
    /// <summary>The message of a failure.</summary>
    /// <param name="failed">What the validator found.</param>
    /// <param name="column">The column that the JSON was meant for.</param>
    /// <param name="json">The column's JSON as far as it was decoded.</param>
    public static FailureMessage Of(SelfDescribingOutcome failed, EventField column, ReadOnlyMemory<byte> json)
    {
        // The buffers at hand are used again before the message is written.
        var origin = new FailureOrigin(Source(column), (failed.Data.IsEmpty ? failed.Json : failed.Data).ToArray());
        return failed.Failure switch
        {
            IgluFailure.NotJson notJson => NotJson(column, json.Span, notJson.Error),
            IgluFailure.NotIglu notIglu => new NotIgluMessage(notIglu.Json.ToArray(), notIglu.Error) { Origin = origin },
            IgluFailure.CriterionMismatch mismatch => new CriterionMismatchMessage(mismatch.Key, mismatch.Criterion) { Origin = origin },
            IgluFailure.Resolution resolution => new ResolutionMessage(resolution.Key, [.. resolution.LookupHistory.Select(Lookup)]) { Origin = origin },
            IgluFailure.Validation validation => new ValidationMessage(
                validation.Key,
                validation.SupersededBy?.Version,
                [.. validation.DataReports.Select(r => new DataReport(r.Message, r.Path, r.Keyword, r.Targets))]) { Origin = origin },
            IgluFailure.BrokenSchema broken =>
                new InvalidSchemaMessage(broken.Key, [.. broken.SchemaIssues.Select(i => (i.Path, i.Message))]) { Origin = origin },
            _ => throw new InvalidOperationException($"The failure {failed.Failure?.GetType().Name} has no message in bad rows."),
        };
    }

    /// <summary>The message of a text that should be a column's JSON and is not.</summary>
    /// <param name="column">The column.</param>
    /// <param name="text">The text.</param>
    /// <param name="error">Where it stops being JSON.</param>
    public static NotJsonMessage NotJson(EventField column, ReadOnlySpan<byte> text, string error)
    {
        var (field, value) = (EventFields.Name(column), Encoding.UTF8.GetString(text));
        return new NotJsonMessage(field, value, error) { Origin = FailureOrigin.OfTexts(Source(column), [new(field, value)]) };
    }

    private static string Source(EventField column) => column == EventField.UnstructEvent ? "unstruct" : EventFields.Name(column);

    private static Events.BadRows.RegistryLookup Lookup(Iglu.RegistryLookup lookup) => new(
        lookup.Repository,
        [.. lookup.Errors.Select(e => new Events.BadRows.RegistryError(e.Error, e.Message))],
        lookup.Attempts,
        lookup.LastAttempt);
}
