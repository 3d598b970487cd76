using Snowplow.Kql.Aggregates.Core;
using Snowplow.Kql.Data;
using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Aggregates;

/// <summary><c>binary_all_and</c>, <c>binary_all_or</c>, <c>binary_all_xor</c>: bits of all values put together; null of nothing.</summary>
internal sealed class BinaryAll(Func<long, long, long> combine) : Accumulator
{
    public static readonly AggregateFunction And = new("binary_all_and", 2, "Bits that all values have.", call => Bind(call, "binary_all_and", (a, b) => a & b));

    public static readonly AggregateFunction Or = new("binary_all_or", 2, "Bits that some value has.", call => Bind(call, "binary_all_or", (a, b) => a | b));

    public static readonly AggregateFunction Xor = new("binary_all_xor", 2, "Bits that an odd number of values has.", call => Bind(call, "binary_all_xor", (a, b) => a ^ b));

    private long?[] _values = [];

    public override void Add(Column[] arguments, ReadOnlySpan<int> groups, int groupCount)
    {
        Grow(ref _values, groupCount);
        var column = (ValueColumn<long>)arguments[0];
        for (var i = 0; i < groups.Length; i++)
            if (!column.IsNull(i)) Take(groups[i], column[i]);
    }

    public override void Merge(Accumulator other, ReadOnlySpan<int> map, int groupCount)
    {
        Grow(ref _values, groupCount);
        var from = (BinaryAll)other;
        for (var i = 0; i < Math.Min(map.Length, from._values.Length); i++)
            if (from._values[i] is { } value) Take(map[i], value);
    }

    public override Column[] Finish(int groupCount)
    {
        Array.Resize(ref _values, groupCount);
        return [Columns.Of(KqlType.Long, [.. _values.Select(value => (object?)value)])];
    }

    private static BoundAggregate? Bind(AggregateCall call, string prefix, Func<long, long, long> combine) =>
        call.Arguments is [{ Type: KqlType.Int or KqlType.Long } argument]
            ? new BoundAggregate([Conversions.To(argument, KqlType.Long)], [(call.Names[0] ?? $"{prefix}_", KqlType.Long)], () => new BinaryAll(combine))
            : null;

    private void Take(int group, long value) => _values[group] = _values[group] is { } known ? combine(known, value) : value;
}
