using Snowplow.Kql.Data;
using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Dynamics;

/// <summary><c>set_equals</c>: whether two arrays have the same items, in whatever order and however often.</summary>
internal static class SetEquals
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("set_equals", 2, "Whether two arrays have the same items, in whatever order and however often.")
        .Row(KqlType.Bool, [KqlType.Dynamic, KqlType.Dynamic], row => row[0] is object?[] a && row[1] is object?[] b ? ItemSet.Where(a, b, isIn: false).Length + ItemSet.Where(b, a, isIn: false).Length == 0 : null);
}
