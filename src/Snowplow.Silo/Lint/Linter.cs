using System.Text;
using Snowplow.Enrich.Explain;
using Snowplow.Events.Enriched;

namespace Snowplow.Silo.Lint;

/// <summary>Makes a report of what the pipeline says of a payload.</summary>
/// <param name="explainer">The pipeline. Owned by the caller.</param>
/// <param name="problems">Says in words what its bad rows say.</param>
internal sealed class Linter(PayloadExplainer explainer, LintProblems problems)
{
    private static readonly EventField[] JsonColumns = [EventField.UnstructEvent, EventField.Contexts, EventField.DerivedContexts];

    /// <summary>Explains one input.</summary>
    public async Task<LintReport> LintAsync(LintInput input, CancellationToken stop)
    {
        var explanation = await explainer.ExplainAsync(input.Payload, stop).ConfigureAwait(false);
        var events = new List<LintedEvent>();
        foreach (var e in explanation.Events) events.Add(await LintAsync(e, stop).ConfigureAwait(false));
        var found = await problems.OfAsync(explanation.BadRow, stop).ConfigureAwait(false);
        return new LintReport(input.Kind, found.Count == 0 && events.TrueForAll(e => e.IsGood), found, events);
    }

    private async ValueTask<LintedEvent> LintAsync(EventExplanation e, CancellationToken stop) => new(
        e.BadRow is null,
        [.. e.Parameters.Select(Lint)],
        e.Line is { } line ? Entities(line) : [],
        [.. e.Changes.Select(change => new LintedChange(change.Enrichment, change.Column, change.Value))],
        await problems.OfAsync(e.BadRow, stop).ConfigureAwait(false),
        e.Line is { } good ? Columns(good) : new Dictionary<string, string>());

    private static LintedParameter Lint(ParameterExplanation parameter)
    {
        var isJson = parameter.Column is "contexts" or "unstruct_event";
        return new LintedParameter(parameter.Name, parameter.Value, parameter.Column, parameter.Became, parameter switch
        {
            { IsKnown: false } => "unknown, ignored",
            { Value: null } => "empty, ignored",
            { Column: null } => "allowed, ignored",
            { Became: null } when isJson => "invalid, see below",
            { Became: null } => "refused",
            _ when isJson => "see below",
            _ => null,
        });
    }

    private static List<LintedEntity> Entities(string line)
    {
        var e = EnrichedBatch.Parse(Encoding.UTF8.GetBytes($"{line}\n"))[0];
        var found = new List<LintedEntity>();
        foreach (var field in JsonColumns)
        {
            if (field == EventField.UnstructEvent)
            {
                if (EntityReader.TryReadUnstructEvent(e[field], out var inner)) found.Add(Entity(field, inner));
                continue;
            }

            var entities = new EntityReader(e[field]);
            while (entities.MoveNext()) found.Add(Entity(field, entities.Current));
        }

        return found;
    }

    private static LintedEntity Entity(EventField field, Entity entity) =>
        new(EventFields.Name(field), Encoding.UTF8.GetString(entity.SchemaUri), Encoding.UTF8.GetString(entity.Data));

    private static Dictionary<string, string> Columns(string line) => line.Split('\t')
        .Select((text, index) => (Name: EventFields.Name((EventField)index), text)).Where(column => column.text.Length > 0)
        .ToDictionary(column => column.Name, column => column.text);
}
