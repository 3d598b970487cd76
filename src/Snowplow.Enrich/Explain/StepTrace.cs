using Snowplow.Enrich.Enrichments;
using Snowplow.Events.Enriched;

namespace Snowplow.Enrich.Explain;

/// <summary>Notes what the steps of enrichment do to the columns of the event last enriched. Not thread-safe.</summary>
internal sealed class StepTrace
{
    private readonly string?[] _columns = new string?[EventFields.Count];

    /// <summary>The columns as they were before the first step.</summary>
    public string?[] Before { get; private set; } = new string?[EventFields.Count];

    /// <summary>What the steps changed, in order.</summary>
    public List<ColumnChange> Changes { get; private set; } = [];

    /// <summary>Starts an event, of which nothing is known yet.</summary>
    public void Clear()
    {
        Before = new string?[EventFields.Count];
        Changes = [];
    }

    /// <summary>A step that notes what another one does.</summary>
    /// <param name="step">The other one.</param>
    /// <param name="isFirst">Whether it is the first of all.</param>
    public IEnrichmentStep Around(IEnrichmentStep step, bool isFirst) => new Traced(this, step, isFirst);

    private void Begin(EnrichedEventBuilder fields)
    {
        for (var field = (EventField)0; (int)field < EventFields.Count; field++) _columns[(int)field] = fields.GetText(field);
        Before = [.. _columns];
    }

    private void Note(string step, EnrichedEventBuilder fields)
    {
        for (var field = (EventField)0; (int)field < EventFields.Count; field++)
        {
            var text = fields.GetText(field);
            if (text == _columns[(int)field]) continue;
            _columns[(int)field] = text;
            Changes.Add(new ColumnChange(step, EventFields.Name(field), text));
        }
    }

    private sealed class Traced(StepTrace trace, IEnrichmentStep step, bool isFirst) : IEnrichmentStep
    {
        public async ValueTask EnrichAsync(EventInProgress e, CancellationToken cancellationToken)
        {
            if (isFirst) trace.Begin(e.Fields);
            await step.EnrichAsync(e, cancellationToken);
            trace.Note(step.GetType().Name, e.Fields);
        }
    }
}
