using Snowplow.Kql.Data;
using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Dynamics;

/// <summary><c>bag_zip</c>: a bag of an array of names and one of values.</summary>
internal static class BagZip
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("bag_zip", 2, "A bag of an array of names and one of values.")
        .On((object keys, object values) => (object?)Zip(keys as object?[], values as object?[]));

    private static Bag? Zip(object?[]? keys, object?[]? values)
    {
        if (keys is null || values is null) return null;
        var bag = new Bag();
        for (var i = 0; i < keys.Length; i++)
            if (keys[i] is string key) bag[key] = i < values.Length ? values[i] : null;
        return bag;
    }
}
