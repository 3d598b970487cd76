using System.Text;
using Microsoft.Extensions.Primitives;

namespace Snowplow.Collector.Cookies;

/// <summary>The request header <c>Cookie</c>.</summary>
internal static class CookieHeader
{
    /// <summary>The value of the first cookie of a name (letter case counts), or null.</summary>
    public static string? Find(StringValues headers, string name)
    {
        foreach (var header in headers)
        {
            var text = header.AsSpan();
            foreach (var range in text.Split(';'))
            {
                var part = text[range].Trim(' ');
                if (part.Length > name.Length && part[name.Length] == '=' && part.StartsWith(name, StringComparison.Ordinal))
                    return part[(name.Length + 1)..].ToString();
            }
        }

        return null;
    }

    /// <summary>
    /// The header as the collector payload repeats it (spec §3): spaces removed, parts with characters that RFC 6265 does
    /// not allow left out; null where nothing is left.
    /// </summary>
    public static string? Filter(string header)
    {
        var kept = new StringBuilder(header.Length);
        foreach (var range in header.AsSpan().Split(';'))
        {
            var start = kept.Length;
            var whole = true;
            if (start > 0) kept.Append(';');
            var before = kept.Length;
            foreach (var character in header.AsSpan(range))
            {
                if (character == ' ') continue;
                whole &= IsAllowed(character);
                kept.Append(character);
            }

            if (!whole || kept.Length == before) kept.Length = start;
        }

        return kept.Length == 0 ? null : kept.ToString();
    }

    private static bool IsAllowed(char character) => character is '!' or (>= '#' and <= '+') or (>= '-' and <= ':') or (>= '<' and <= '[') or (>= ']' and <= '~');
}
