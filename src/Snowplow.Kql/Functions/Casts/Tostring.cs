using Snowplow.Kql.Data;
using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Casts;

/// <summary><c>tostring</c>: as string; empty for null.</summary>
internal static class Tostring
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("tostring", 1, "As string; empty for null.")
        .NamedBy(NameRule.FirstArgument)
        .Bound(arguments => arguments is [var value] ? Conversions.To(value, KqlType.String) : null);
}
