using Snowplow.Enrich.Iglu;
using Snowplow.Events.Enriched;

namespace Snowplow.Enrich.Entities;

/// <summary>
/// Holds what enrichments added to the schemas that it names, and puts it into its column; what is not valid is left out and
/// noted. Last come the entities that tell which schemas were superseded. Completes at once where the schemas are cached.
/// </summary>
internal sealed class DerivedContextsCheck(SelfDescribingValidator validator)
{
    private static ReadOnlySpan<byte> ValidationInfo => "iglu:com.snowplowanalytics.iglu/validation_info/jsonschema/1-0-0"u8;

    /// <summary>Checks and writes the event's derived contexts.</summary>
    public async ValueTask CheckAsync(EventInProgress e, CancellationToken cancellationToken)
    {
        var contexts = e.DerivedContexts;
        for (var i = 0; i < contexts.Count; i++)
        {
            var outcome = await validator.ValidateAsync(contexts[i], criterion: null, cancellationToken);
            if (outcome.Superseded is { } named && outcome.IsValid)
            {
                e.NoteSuperseded(named, outcome.Key!);
                contexts.Replace(i, outcome.Key!.Utf8Uri, contexts.Data(i).ToArray());
            }

            if (outcome.IsValid) continue;
            e.OutputViolations.Add(IgluMessages.Of(outcome, EventField.DerivedContexts, contexts[i]));
            contexts.RemoveAt(i--);
        }

        foreach (var (named, validatedWith) in e.Superseded)
        {
            var info = contexts.Begin(ValidationInfo);
            info.WriteStartObject();
            info.WriteString("originalSchema", named.Utf8Uri);
            info.WriteString("validatedWith", validatedWith.Utf8Uri);
            info.WriteEndObject();
            contexts.End();
        }

        contexts.WriteTo(e.Fields);
    }
}
