using Snowplow.Kql.Data;
using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Dynamics;

/// <summary><c>bag_merge</c>: the properties of several bags in one; the first of a name stays.</summary>
internal static class BagMerge
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("bag_merge", 2, "The properties of several bags in one; the first of a name stays.")
        .Row(KqlType.Dynamic, [KqlType.Dynamic], Merge, isVariadic: true);

    private static Bag? Merge(object?[] row)
    {
        if (!row.Any(value => value is Bag)) return null;
        var merged = new Bag();
        foreach (var bag in row.OfType<Bag>())
            foreach (var (name, value) in bag) merged.TryAdd(name, value);
        return merged;
    }
}
