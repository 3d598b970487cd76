using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Strings;

/// <summary><c>replace_string</c>: the text with all occurrences of another replaced.</summary>
internal static class ReplaceString
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("replace_string", 1, "The text with all occurrences of another replaced.")
        .On((string text, string sought, string replacement) => sought.Length == 0 ? text : text.Replace(sought, replacement, StringComparison.Ordinal));
}
