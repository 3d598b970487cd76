using Snowplow.Kql.Data;
using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Times;

/// <summary><c>make_timespan</c>: the timespan of hours and minutes, with seconds, with days before; or of a value.</summary>
internal static class MakeTimespan
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("make_timespan", 1, "The timespan of hours and minutes, with seconds, with days before; or of a value as totimespan has it.")
        .NamedBy(NameRule.OnlyArgument)
        .Row(KqlType.TimeSpan, [null], row => DynamicValue.To(KqlType.TimeSpan, row[0]))
        .On((long hours, long minutes) => Of(0, hours, minutes, 0))
        .On((long hours, long minutes, double seconds) => Of(0, hours, minutes, seconds))
        .On((long days, long hours, long minutes, double seconds) => Of(days, hours, minutes, seconds));

    private static TimeSpan Of(long days, long hours, long minutes, double seconds) => new(unchecked((((days * 24) + hours) * TimeSpan.TicksPerHour) + (minutes * TimeSpan.TicksPerMinute) + (long)(seconds * TimeSpan.TicksPerSecond)));
}
