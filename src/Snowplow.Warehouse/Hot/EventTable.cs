using Snowplow.Events.Enriched;
using Snowplow.Kql.Data;

namespace Snowplow.Warehouse.Hot;

/// <summary>The enriched event as a table: 131 columns, typed as in the canonical event, contexts dynamic.</summary>
public static class EventTable
{
    /// <summary>The columns, in the order of the TSV.</summary>
    public static IReadOnlyList<(string Name, KqlType Type)> Columns { get; } =
        [.. Enumerable.Range(0, EventFields.Count).Select(i => (EventFields.Name((EventField)i), TypeOf(EventFields.Type((EventField)i))))];

    private static KqlType TypeOf(FieldType type) => type switch
    {
        FieldType.Timestamp => KqlType.DateTime,
        FieldType.Int => KqlType.Int,
        FieldType.Decimal => KqlType.Decimal,
        FieldType.Float => KqlType.Real,
        FieldType.Bool => KqlType.Bool,
        FieldType.Json => KqlType.Dynamic,
        _ => KqlType.String,
    };
}
