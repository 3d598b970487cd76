using Snowplow.Kql.Data;
using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Casts;

/// <summary><c>toint</c>: as int, reals cut; null where it is none.</summary>
internal static class Toint
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("toint", 1, "As int, reals cut; null where it is none.")
        .NamedBy(NameRule.FirstArgument)
        .Bound(arguments => arguments is [var value] ? Conversions.To(value, KqlType.Int) : null);
}
