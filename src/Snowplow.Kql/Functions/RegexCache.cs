using System.Collections.Concurrent;
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

    /// <summary>The expression of a pattern, with at most 16 groups unless more are made by the engine; an error of the query where it is none.</summary>
    public static Regex Get(string pattern, RegexOptions options = RegexOptions.None, int maxGroups = 16)
    {
        if (Known.TryGetValue((pattern, options), out var regex)) return regex;
        try
        {
            regex = new Regex(RegexDialect.Translate(pattern, options.HasFlag(RegexOptions.Multiline), maxGroups), options | RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            throw new KqlException(KqlErrorKind.Runtime, $"'{pattern}' is no regular expression of RE2: {e.Message}");
        }

        if (Known.Count >= MaxCount) Known.Clear();
        return Known[(pattern, options)] = regex;
    }
}
