using Snowplow.Kql.Data;
using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Times;

/// <summary><c>ago</c>: the time of the query less a timespan.</summary>
internal static class Ago
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("ago", 1, "The time of the query less a timespan.")
        .Vector(KqlType.DateTime, [KqlType.TimeSpan], (arguments, rows, context) => Kernels.Of((TimeSpan span) => context.Now - span)(arguments, rows, context));
}
