using Snowplow.Kql.Data;
using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Casts;

/// <summary><c>toreal</c>: as real; null where it is none.</summary>
internal static class Toreal
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("toreal", 1, "As real; null where it is none.")
        .NamedBy(NameRule.FirstArgument)
        .Alias("todouble")
        .Bound(arguments => arguments is [var value] ? Conversions.To(value, KqlType.Real) : null);
}
