using Snowplow.Kql.Data;
using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Dynamics;

/// <summary><c>bag_remove_keys</c>: the bag without some properties, also by paths such as $.a.b.</summary>
internal static class BagRemoveKeys
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("bag_remove_keys", 2, "The bag without some properties, also by paths such as $.a.b.")
        .On((object value, object keys) => value is Bag bag ? (object)(keys as object?[] ?? [keys]).Aggregate(bag, (rest, key) => BagPath.Without(rest, DynamicValue.Text(key))) : null);
}
