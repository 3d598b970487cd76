using Snowplow.Kql.Data;
using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Casts;

/// <summary><c>tolong</c>: as long, reals cut; null where it is none.</summary>
internal static class Tolong
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("tolong", 1, "As long, reals cut; null where it is none.")
        .NamedBy(NameRule.FirstArgument)
        .Bound(arguments => arguments is [var value] ? Conversions.To(value, KqlType.Long) : null);
}
