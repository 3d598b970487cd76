using Snowplow.Kql.Data;

namespace Snowplow.Warehouse.Tests.Extents;

/// <summary>Whether two values are the same to the last bit.</summary>
internal static class SameValue
{
    public static bool Are(object? a, object? b) => (a, b) switch
    {
        (double x, double y) => BitConverter.DoubleToInt64Bits(x) == BitConverter.DoubleToInt64Bits(y),
        (decimal x, decimal y) => decimal.GetBits(x).AsSpan().SequenceEqual(decimal.GetBits(y)),
        (DateTime x, DateTime y) => x == y && x.Kind == y.Kind,
        (object?[] x, object?[] y) => x.Length == y.Length && x.Zip(y).All(pair => Are(pair.First, pair.Second)),
        (Bag x, Bag y) => x.Count == y.Count && x.Zip(y).All(pair => pair.First.Key == pair.Second.Key && Are(pair.First.Value, pair.Second.Value)),
        _ => Equals(a, b),
    };
}
