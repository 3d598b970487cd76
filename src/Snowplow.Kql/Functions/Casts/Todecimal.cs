using Snowplow.Kql.Data;
using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Casts;

/// <summary><c>todecimal</c>: as decimal; null where it is none.</summary>
internal static class Todecimal
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("todecimal", 1, "As decimal; null where it is none.")
        .NamedBy(NameRule.FirstArgument)
        .Bound(arguments => arguments is [var value] ? Conversions.To(value, KqlType.Decimal) : null);
}
