using Snowplow.Kql.Data;

namespace Snowplow.Kql.Functions;

/// <summary>
/// Values with weights in order, for percentiles of states that are merged: exact up to 2,000 different values, then neighbours are joined so that
/// each stands for at most about a thousandth of the weight.
/// </summary>
internal sealed class ValueDigest
{
    private const int MaxValues = 2_000;

    private readonly List<(double Value, double Weight)> _values = [];
    private int _sorted;

    /// <summary>Whether there is nothing.</summary>
    public bool IsEmpty => _values.Count == 0;

    public void Add(double value, double weight)
    {
        if (!(weight > 0) || double.IsNaN(value)) return;
        _values.Add((value, weight));
        if (_values.Count >= 4 * MaxValues) Compress();
    }

    public void Merge(ValueDigest? other)
    {
        foreach (var (value, weight) in other?._values ?? []) Add(value, weight);
    }

    /// <summary>The value at a percentile.</summary>
    public double At(double percent)
    {
        Compress();
        var weights = _values.Select(pair => pair.Weight).ToArray();
        return _values[Rank.Of(percent, _values.Count, weights)].Value;
    }

    /// <summary>The weight of all values.</summary>
    public double Weight => _values.Sum(pair => pair.Weight);

    /// <summary>The weight of the values that are not greater than one.</summary>
    public double WeightUpTo(double value) => _values.Sum(pair => pair.Value <= value ? pair.Weight : 0);

    /// <summary>The state as a dynamic value; its form is this engine's own.</summary>
    public Bag ToBag()
    {
        Compress();
        return new Bag { ["values"] = _values.Select(pair => (object?)pair.Value).ToArray(), ["weights"] = _values.Select(pair => (object?)pair.Weight).ToArray() };
    }

    /// <summary>The digest of a state; null where it is none.</summary>
    public static ValueDigest? Parse(object? state)
    {
        if (DynamicValue.Member(state, "values") is not object?[] values || DynamicValue.Member(state, "weights") is not object?[] weights || values.Length != weights.Length) return null;
        var digest = new ValueDigest();
        for (var i = 0; i < values.Length; i++)
            if (DynamicValue.Real(values[i]) is { } value && DynamicValue.Real(weights[i]) is { } weight) digest.Add(value, weight);
        return digest;
    }

    private void Compress()
    {
        if (_sorted == _values.Count) return;
        _values.Sort((a, b) => a.Value.CompareTo(b.Value));
        var most = _values.Sum(pair => pair.Weight) / (MaxValues / 2);
        var isLong = _values.Count > MaxValues;
        var kept = 0;
        for (var i = 1; i < _values.Count; i++)
        {
            var (value, weight) = _values[kept];
            var (next, nextWeight) = _values[i];
            if (value.Equals(next) || (isLong && weight + nextWeight <= most))
                _values[kept] = (((value * weight) + (next * nextWeight)) / (weight + nextWeight) is var mean && value.Equals(next) ? value : mean, weight + nextWeight);
            else
                _values[++kept] = (next, nextWeight);
        }

        if (_values.Count > 0) _values.RemoveRange(kept + 1, _values.Count - kept - 1);
        _sorted = _values.Count;
    }
}
