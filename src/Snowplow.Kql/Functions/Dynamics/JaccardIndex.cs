using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Dynamics;

/// <summary><c>jaccard_index</c>: the common items of two arrays over all of theirs.</summary>
internal static class JaccardIndex
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("jaccard_index", 2, "The common items of two arrays over all of theirs.")
        .On((object a, object b) => (object?)Of(ItemSet.Distinct(a as object?[] ?? []), ItemSet.Distinct(b as object?[] ?? [])));

    private static double Of(object?[] a, object?[] b)
    {
        var common = ItemSet.Where(a, b, true).Length;
        var all = a.Length + b.Length - common;
        return all == 0 ? double.NaN : (double)common / all;
    }
}
