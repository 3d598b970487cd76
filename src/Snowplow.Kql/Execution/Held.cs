using System.Runtime.CompilerServices;
using Snowplow.Kql.Data;

namespace Snowplow.Kql.Execution;

/// <summary>
/// Counts the memory of columns that an operator keeps: the elements of its rows, and what they point to. Strings are in pools that many columns share,
/// so each pool counts once.
/// </summary>
internal sealed class Held(QueryContext context)
{
    private readonly ConditionalWeakTable<StringPool, object> _pools = [];

    /// <summary>Bytes of the elements of a schema's rows.</summary>
    public static long Elements(RowSchema schema, long rows) => rows * schema.Sum(column => Width(column.Type));

    /// <summary>Counts what the rows of a column point to; an error where it is too much.</summary>
    public void Keep(Column column)
    {
        if (Strings(column) is { } strings && _pools.TryAdd(strings.Pool, this)) context.Reserve(strings.Pool.SizeBytes);
        if (column is DynamicColumn { Texts: null } values) context.Reserve(Contents(values));
    }

    /// <summary>Gives back what <see cref="Keep"/> counted of a column's strings.</summary>
    public void Drop(Column column)
    {
        if (Strings(column) is { } strings && _pools.Remove(strings.Pool)) context.Release(strings.Pool.SizeBytes);
    }

    private static StringColumn? Strings(Column column) => column as StringColumn ?? (column as DynamicColumn)?.Texts;

    private static int Width(KqlType type) => type switch { KqlType.Bool => 1, KqlType.Int or KqlType.String => 4, KqlType.Decimal or KqlType.Guid => 16, _ => 8 };

    private static long Contents(DynamicColumn values)
    {
        var bytes = 0L;
        object? last = null;
        for (var i = 0; i < (values.IsConstant ? Math.Min(1, values.Length) : values.Length); i++)
        {
            // Rows that came of one row share its value.
            if (ReferenceEquals(values[i], last)) continue;
            last = values[i];
            bytes += Contents(last);
        }

        return bytes;
    }

    private static long Contents(object? value) => value switch
    {
        null => 0,
        string text => 24 + (2L * text.Length),
        object?[] array => 24 + array.Sum(item => 8 + Contents(item)),
        Bag bag => 100 + bag.Sum(property => 40 + Contents(property.Key) + Contents(property.Value)),
        _ => 24,
    };
}
