using Snowplow.Kql.Data;

namespace Snowplow.Kql.Aggregates.Core;

/// <summary>Order of the values of a type.</summary>
internal static class ValueOrder
{
    /// <summary>Order of two rows of columns of one type, neither of them null; strings by their bytes, NaN before all numbers.</summary>
    public static int Compare(Column a, int rowA, Column b, int rowB) => a switch
    {
        ValueColumn<long> longs => longs[rowA].CompareTo(((ValueColumn<long>)b)[rowB]),
        ValueColumn<int> ints => ints[rowA].CompareTo(((ValueColumn<int>)b)[rowB]),
        ValueColumn<double> reals => reals[rowA].CompareTo(((ValueColumn<double>)b)[rowB]),
        ValueColumn<bool> bools => bools[rowA].CompareTo(((ValueColumn<bool>)b)[rowB]),
        ValueColumn<decimal> decimals => decimals[rowA].CompareTo(((ValueColumn<decimal>)b)[rowB]),
        ValueColumn<Guid> guids => guids[rowA].CompareTo(((ValueColumn<Guid>)b)[rowB]),
        StringColumn strings => strings.Utf8(rowA).SequenceCompareTo(((StringColumn)b).Utf8(rowB)),
        _ => DynamicValue.Compare(a.Box(rowA), b.Box(rowB)) ?? 0,
    };

    /// <summary>Order of two values as objects, neither of them null.</summary>
    public static int Compare(object a, object b) => a is string text ? string.CompareOrdinal(text, b as string) : a is IComparable comparable && a.GetType() == b.GetType() ? comparable.CompareTo(b) : DynamicValue.Compare(a, b) ?? 0;
}
