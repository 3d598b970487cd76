using Snowplow.Kql.Data;
using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Dynamics;

/// <summary><c>bag_has_key</c>: whether a bag has a property, also by a path such as $.a.b.</summary>
internal static class BagHasKey
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("bag_has_key", 2, "Whether a bag has a property, also by a path such as $.a.b.")
        .Try(bool? (object value, string key) => value is Bag bag ? BagPath.Has(bag, key) : null);
}
