using System.Text;
using Snowplow.Enrich.Explain;
using Snowplow.Events.Enriched;

namespace Snowplow.Silo.Lint;

/// <summary>Makes a report of what the pipeline says of a payload.</summary>
internal static class Linter
{
    private static readonly EventField[] JsonColumns = [EventField.UnstructEvent, EventField.Contexts, EventField.DerivedContexts];

    /// <summary>Explains one input.</summary>
    public static async Task<LintReport> LintAsync(LintInput input, PayloadExplainer explainer, CancellationToken stop)
    {
        var explanation = await explainer.ExplainAsync(input.Payload, stop).ConfigureAwait(false);
        var events = explanation.Events.Select(Lint).ToList();
        IReadOnlyList<LintProblem> problems = explanation.BadRow is { } badRow ? LintProblems.Of(badRow) : [];
        return new LintReport(input.Kind, problems.Count == 0 && events.TrueForAll(e => e.IsGood), problems, events);
    }

    private static LintedEvent Lint(EventExplanation e) => new(
        e.BadRow is null,
        [.. e.Parameters.Select(Lint)],
        e.Line is { } line ? Entities(line) : [],
        [.. e.Changes.Select(change => new LintedChange(change.Enrichment, change.Column, change.Value))],
        e.BadRow is { } badRow ? LintProblems.Of(badRow) : [],
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
