using Snowplow.Kql.Data;
using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Casts;

/// <summary><c>todatetime</c>: as datetime, ISO 8601 first, then RFC 822 and 850; null where it is none.</summary>
internal static class Todatetime
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("todatetime", 1, "As datetime, ISO 8601 first, then RFC 822 and 850; null where it is none.")
        .NamedBy(NameRule.FirstArgument)
        .Bound(arguments => arguments is [var value] ? Conversions.To(value, KqlType.DateTime) : null);
}
