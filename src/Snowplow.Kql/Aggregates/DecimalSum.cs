using Snowplow.Kql.Aggregates.Core;
using Snowplow.Kql.Data;
using Snowplow.Kql.Functions;

namespace Snowplow.Kql.Aggregates;

/// <summary>Sums of decimals; null for a group whose sum has more digits than a decimal holds.</summary>
internal sealed class DecimalSum : Accumulator
{
    private decimal[] _sums = [];
    private bool[] _overflown = [];

    public override void Add(Column[] arguments, ReadOnlySpan<int> groups, int groupCount)
    {
        Prepare(groupCount);
        var column = (ValueColumn<decimal>)arguments[0];
        for (var i = 0; i < groups.Length; i++)
            if (!column.IsNull(i)) Add(groups[i], column[i]);
    }

    public override void Merge(Accumulator other, ReadOnlySpan<int> map, int groupCount)
    {
        Prepare(groupCount);
        var from = (DecimalSum)other;
        for (var i = 0; i < Math.Min(map.Length, from._sums.Length); i++) Add(map[i], from._overflown[i] ? null : from._sums[i]);
    }

    public override Column[] Finish(int groupCount)
    {
        Prepare(groupCount);
        return [Columns.Of(KqlType.Decimal, [.. Enumerable.Range(0, groupCount).Select(i => _overflown[i] ? null : (object)_sums[i])])];
    }

    private void Add(int group, decimal? value)
    {
        if (_overflown[group]) return;
        if (value is { } some && DecimalMath.Add(_sums[group], some) is { } sum) _sums[group] = sum;
        else _overflown[group] = true;
    }

    private void Prepare(int groupCount)
    {
        Grow(ref _sums, groupCount);
        Grow(ref _overflown, groupCount);
    }
}
