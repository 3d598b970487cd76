using Snowplow.Enrich.Iglu;
using Snowplow.Events.Enriched;

namespace Snowplow.Enrich.Entities;

/// <summary>
/// Holds what enrichments added to the schemas that it names; what is not valid is left out and noted. Each entity is checked
/// once, so that pseudonyms which are put into it afterwards need not fit its schema. Completes at once where the schemas are cached.
/// </summary>
internal sealed class DerivedContextsCheck(SelfDescribingValidator validator)
{
    private static ReadOnlySpan<byte> ValidationInfo => "iglu:com.snowplowanalytics.iglu/validation_info/jsonschema/1-0-0"u8;

    /// <summary>Checks the derived contexts that have been added since the last check.</summary>
    public async ValueTask CheckAsync(EventInProgress e, CancellationToken cancellationToken)
    {
        var contexts = e.DerivedContexts;
        while (contexts.CheckedCount < contexts.Count)
        {
            var i = contexts.CheckedCount;
            var outcome = await validator.ValidateAsync(contexts[i], criterion: null, cancellationToken);
            if (outcome.Superseded is { } named && outcome.IsValid)
            {
                e.NoteSuperseded(named, outcome.Key!);
                contexts.Replace(i, outcome.Key!.Utf8Uri, contexts.Data(i).ToArray());
            }

            if (outcome.IsValid)
            {
                contexts.CheckedCount++;
                continue;
            }

            e.OutputViolations.Add(IgluMessages.Of(outcome, EventField.DerivedContexts, contexts[i]));
            contexts.RemoveAt(i);
        }
    }

    /// <summary>Checks what has not been, adds the entities that tell which schemas were superseded, and writes the column.</summary>
    public async ValueTask CloseAsync(EventInProgress e, CancellationToken cancellationToken)
    {
        await CheckAsync(e, cancellationToken);
        var contexts = e.DerivedContexts;
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
