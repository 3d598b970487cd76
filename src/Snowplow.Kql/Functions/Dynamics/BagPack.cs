using Snowplow.Kql.Data;
using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Dynamics;

/// <summary><c>bag_pack</c>: a bag of names and values in turn.</summary>
internal static class BagPack
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("bag_pack", 1, "A bag of names and values in turn.")
        .Alias("pack", "pack_dictionary")
        .Row(KqlType.Dynamic, [null], Pack, isVariadic: true);

    private static Bag Pack(object?[] row)
    {
        var bag = new Bag();
        for (var i = 0; i + 1 < row.Length; i += 2) bag[DynamicValue.Text(row[i])] = DynamicValue.Of(row[i + 1]);
        return bag;
    }
}
