using Snowplow.Kql.Data;
using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Dynamics;

/// <summary><c>bag_set_key</c>: the bag with a property set, also by a path such as $.a.b.</summary>
internal static class BagSetKey
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("bag_set_key", 2, "The bag with a property set, also by a path such as $.a.b.")
        .Row(KqlType.Dynamic, [KqlType.Dynamic, KqlType.String, null], row => row[0] is Bag bag ? BagPath.With(bag, (string)row[1]!, DynamicValue.Of(row[2])) : null);
}
