using Snowplow.Kql.Data;
using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Times;

/// <summary><c>now</c>: the time of the query, moved by a timespan.</summary>
internal static class Now
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("now", 1, "The time of the query, moved by a timespan.")
        .Vector(KqlType.DateTime, [], (_, rows, context) => Columns.Constant(KqlType.DateTime, context.Now, rows))
        .Vector(KqlType.DateTime, [KqlType.TimeSpan], (arguments, rows, context) => Kernels.Of((TimeSpan span) => context.Now + span)(arguments, rows, context));
}
