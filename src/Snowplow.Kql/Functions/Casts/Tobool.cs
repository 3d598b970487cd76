using Snowplow.Kql.Data;
using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Casts;

/// <summary><c>tobool</c>: as bool; null where it is none.</summary>
internal static class Tobool
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("tobool", 1, "As bool; null where it is none.")
        .NamedBy(NameRule.FirstArgument)
        .Alias("toboolean")
        .Bound(arguments => arguments is [var value] ? Conversions.To(value, KqlType.Bool) : null);
}
