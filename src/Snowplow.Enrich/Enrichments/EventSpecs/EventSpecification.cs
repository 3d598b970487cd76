using Snowplow.Enrich.Entities;
using Snowplow.Enrich.JsonSchema;
using Snowplow.Events.Enriched;
using Snowplow.Events.Iglu;

namespace Snowplow.Enrich.Enrichments.EventSpecs;

/// <summary>A description of one kind of event in a tracking plan. Immutable.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name; null where it has none.</param>
/// <param name="Version">Its version; null where it has none.</param>
/// <param name="Schema">The event's schema.</param>
/// <param name="Constraint">What the event's data must be like; null where any will do.</param>
/// <param name="Entities">Which entities it has to have.</param>
internal sealed record EventSpecification(
    string Id, string? Name, int? Version, SchemaKey Schema, CompiledSchema? Constraint, EntitySpecification[] Entities)
{
    /// <summary>Whether an event of its schema is what it describes.</summary>
    /// <param name="data">The event's data.</param>
    /// <param name="sent">The column <c>contexts</c>.</param>
    /// <param name="derived">What enrichments have added.</param>
    public bool Describes(ReadOnlySpan<byte> data, ReadOnlySpan<byte> sent, DerivedContexts derived)
    {
        if (Constraint is not null && !Constraint.IsValid(data)) return false;
        foreach (var entity in Entities)
        {
            var count = Count(entity, sent, derived);
            if (count < entity.MinCount || count > entity.MaxCount) return false;
        }

        return true;
    }

    private static int Count(EntitySpecification entity, ReadOnlySpan<byte> sent, DerivedContexts derived)
    {
        var count = 0;
        var reader = new EntityReader(sent);
        while (reader.MoveNext())
        {
            if (Counts(entity, reader.Current.SchemaUri, reader.Current.Data)) count++;
        }

        for (var i = 0; i < derived.Count; i++)
        {
            if (Counts(entity, derived.Schema(i), derived.Data(i).Span)) count++;
        }

        return count;
    }

    private static bool Counts(EntitySpecification entity, ReadOnlySpan<byte> schema, ReadOnlySpan<byte> data) =>
        schema.SequenceEqual(entity.Schema.Utf8Uri) && entity.Constraint?.IsValid(data) != false;
}
