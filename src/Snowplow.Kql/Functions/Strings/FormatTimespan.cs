using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Strings;

/// <summary><c>format_timespan</c>: the timespan by a format: d hh h mm m ss s f…fffffff.</summary>
internal static class FormatTimespan
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("format_timespan", 1, "The timespan by a format: d hh h mm m ss s f…fffffff.")
        .NamedBy(NameRule.FirstArgument)
        .On((TimeSpan span, string format) => TimeFormat.Of(span, format));
}
