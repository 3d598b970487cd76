using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Strings;

/// <summary><c>countof</c>: how often a text occurs, overlapping too; with 'regex', how often a regular expression matches.</summary>
internal static class Countof
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("countof", 1, "How often a text occurs, overlapping too; with 'regex', how often a regular expression matches.")
        .On((string text, string sought) => Count(text, sought, "normal"))
        .On((string text, string sought, string kind) => Count(text, sought, kind));

    private static long Count(string text, string sought, string kind)
    {
        if (kind.Equals("regex", StringComparison.OrdinalIgnoreCase)) return RegexCache.Get(sought).Count(text);
        var count = 0L;
        if (sought.Length == 0) return 0;
        for (var at = text.IndexOf(sought, StringComparison.Ordinal); at >= 0; at = text.IndexOf(sought, at + 1, StringComparison.Ordinal)) count++;
        return count;
    }
}
