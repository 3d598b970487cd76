using Snowplow.Kql.Data;
using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Dynamics;

/// <summary><c>set_has_element</c>: whether an array has an item.</summary>
internal static class SetHasElement
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("set_has_element", 2, "Whether an array has an item.")
        .Row(KqlType.Bool, [KqlType.Dynamic, null], row => row[0] is object?[] items ? items.Any(item => DynamicValue.AreEqual(item, DynamicValue.Of(row[1]))) : null);
}
