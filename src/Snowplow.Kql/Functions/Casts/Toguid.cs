using Snowplow.Kql.Data;
using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Casts;

/// <summary><c>toguid</c>: as guid; null where it is none.</summary>
internal static class Toguid
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("toguid", 1, "As guid; null where it is none.")
        .NamedBy(NameRule.FirstArgument)
        .Bound(arguments => arguments is [var value] ? Conversions.To(value, KqlType.Guid) : null);
}
