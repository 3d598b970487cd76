using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Strings;

/// <summary><c>substring</c>: a part of the text, from a place (from the end where negative) and of a length.</summary>
internal static class Substring
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("substring", 1, "A part of the text, from a place (from the end where negative) and of a length.")
        .On((string text, long start) => CodePoints.Substring(text, start, long.MaxValue))
        .On((string text, long start, long length) => CodePoints.Substring(text, start, length));
}
