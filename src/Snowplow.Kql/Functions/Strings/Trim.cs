using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Strings;

/// <summary><c>trim</c>: the text without matches of a regular expression at both ends.</summary>
internal static class Trim
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("trim", 1, "The text without matches of a regular expression at both ends.")
        .On((string pattern, string text) => TrimEnd.Apply(pattern, TrimStart.Apply(pattern, text)));
}
