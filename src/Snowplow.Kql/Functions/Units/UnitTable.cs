namespace Snowplow.Kql.Functions.Units;

/// <summary>The units of a quantity: for each how many base units it is.</summary>
internal sealed class UnitTable
{
    private readonly Dictionary<string, (Func<double, double> ToBase, Func<double, double> FromBase)> _units = new(StringComparer.Ordinal);

    /// <summary>The units' names.</summary>
    public IEnumerable<string> Names => _units.Keys;

    /// <summary>Adds units that are so many base units each.</summary>
    public UnitTable With(params ReadOnlySpan<(string Name, double Factor)> units)
    {
        foreach (var (name, factor) in units) With(name, value => value * factor, value => value / factor);
        return this;
    }

    /// <summary>Adds a unit that is no multiple of the base unit.</summary>
    public UnitTable With(string name, Func<double, double> toBase, Func<double, double> fromBase)
    {
        _units.Add(name, (toBase, fromBase));
        return this;
    }

    /// <summary>A value in another unit; null where a unit is none of these.</summary>
    public double? Convert(double value, string from, string to) =>
        _units.TryGetValue(from, out var first) && _units.TryGetValue(to, out var second) ? (from == to ? value : second.FromBase(first.ToBase(value))) : null;
}
