using System.Collections.Concurrent;
using System.Text;
using System.Text.RegularExpressions;

namespace Snowplow.Kql.Functions;

/// <summary>
/// Regular expressions by their pattern, in linear time and without culture, as RE2 has them: no back references, no look around, named groups as
/// <c>(?P&lt;name&gt;…)</c>.
/// </summary>
internal static class RegexCache
{
    private const int MaxCount = 1000;

    private static readonly ConcurrentDictionary<(string Pattern, RegexOptions Options), Regex> Known = new();

    /// <summary>The expression of a pattern; an error of the query where it is none.</summary>
    public static Regex Get(string pattern, RegexOptions options = RegexOptions.None)
    {
        if (Known.TryGetValue((pattern, options), out var regex)) return regex;
        try
        {
            regex = new Regex(Translate(pattern), options | RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            throw new KqlException(KqlErrorKind.Runtime, $"'{pattern}' is no regular expression of RE2: {e.Message}");
        }

        if (Known.Count >= MaxCount) Known.Clear();
        return Known[(pattern, options)] = regex;
    }

    private static string Translate(string pattern)
    {
        if (!pattern.Contains("(?P<", StringComparison.Ordinal) && !pattern.Contains(@"\z", StringComparison.Ordinal)) return pattern;
        return new StringBuilder(pattern).Replace("(?P<", "(?<").ToString();
    }
}
