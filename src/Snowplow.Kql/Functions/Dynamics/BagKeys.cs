using Snowplow.Kql.Data;
using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Dynamics;

/// <summary><c>bag_keys</c>: the names of a bag's properties in an array.</summary>
internal static class BagKeys
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("bag_keys", 1, "The names of a bag's properties in an array.")
        .On((object value) => value is Bag bag ? (object)bag.Keys.Select(key => (object?)key).ToArray() : null);
}
