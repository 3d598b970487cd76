using Snowplow.Kql.Data;
using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Casts;

/// <summary><c>totimespan</c>: as timespan; null where it is none.</summary>
internal static class Totimespan
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("totimespan", 1, "As timespan; null where it is none.")
        .NamedBy(NameRule.FirstArgument)
        .Alias("totime")
        .Bound(arguments => arguments is [var value] ? Conversions.To(value, KqlType.TimeSpan) : null);
}
