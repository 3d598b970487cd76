using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Strings;

/// <summary><c>format_datetime</c>: the time by a format: yyyy yy MM M dd d HH H hh h mm m ss s f…fffffff tt.</summary>
internal static class FormatDatetime
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("format_datetime", 1, "The time by a format: yyyy yy MM M dd d HH H hh h mm m ss s f…fffffff tt.")
        .NamedBy(NameRule.FirstArgument)
        .On((DateTime time, string format) => TimeFormat.Of(time, format));
}
