using Snowplow.Enrich.Iglu;
using Snowplow.Events.Enriched;

namespace Snowplow.Enrich.Entities;

/// <summary>
/// Holds what enrichments added to the schemas that it names, and puts it into its column; what is not valid is left out and
/// noted. Completes at once where the schemas are cached.
/// </summary>
internal sealed class DerivedContextsCheck(SelfDescribingValidator validator)
{
    /// <summary>Checks and writes the event's derived contexts.</summary>
    public async ValueTask CheckAsync(EventInProgress e, CancellationToken cancellationToken)
    {
        var contexts = e.DerivedContexts;
        for (var i = 0; i < contexts.Count; i++)
        {
            var outcome = await validator.ValidateAsync(contexts[i], criterion: null, cancellationToken);
            if (outcome.IsValid) continue;
            e.OutputViolations.Add(IgluMessages.Of(outcome.Failure, EventFields.Name(EventField.DerivedContexts), contexts[i]));
            contexts.RemoveAt(i--);
        }

        contexts.WriteTo(e.Fields);
    }
}
