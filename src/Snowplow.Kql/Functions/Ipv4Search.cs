using Snowplow.Kql.Data;

namespace Snowplow.Kql.Functions;

/// <summary>Looks for IPv4 addresses in texts. One stands between characters that are no letters or digits.</summary>
internal static class Ipv4Search
{
    private const int Parts = 4;

    /// <summary>Whether a text has an address, or one that begins with whole parts of one (<c>192.168.</c>). False where what is sought is none.</summary>
    public static bool Has(string text, string sought, bool isPrefix)
    {
        var isWhole = Read(sought, 0, out var end) == Parts && end == sought.Length;
        if (!isWhole && !(isPrefix && IsPrefix(sought))) return false;
        for (var start = text.IndexOf(sought, StringComparison.Ordinal); start >= 0; start = text.IndexOf(sought, start + 1, StringComparison.Ordinal))
        {
            if (start > 0 && char.IsLetterOrDigit(text[start - 1])) continue;
            if (Read(text, start, out end) == Parts && (!isWhole || end == start + sought.Length) && (end == text.Length || !char.IsLetterOrDigit(text[end]))) return true;
        }

        return false;
    }

    /// <summary>Whether a text has one of some addresses, given one by one or in arrays.</summary>
    public static bool HasAny(string text, IEnumerable<object?> sought, bool isPrefix) =>
        sought.SelectMany(value => value as object?[] ?? [value]).Any(value => Has(text, DynamicValue.Text(value), isPrefix));

    // Some parts, each with the dot behind it.
    private static bool IsPrefix(string sought) => Read(sought, 0, out var end) is > 0 and < Parts && end == sought.Length - 1 && sought[end] == '.';

    // How many parts of an address stand at a place, with dots between them, and where they end.
    private static int Read(string text, int start, out int end)
    {
        end = start;
        for (var part = 0; ; part++)
        {
            var from = part == 0 ? start : end + 1;
            if (part == Parts || (part > 0 && (end >= text.Length || text[end] != '.'))) return part;
            var to = from;
            while (to < text.Length && to < from + 3 && char.IsAsciiDigit(text[to])) to++;
            if (!byte.TryParse(text.AsSpan(from, to - from), out _)) return part;
            end = to;
        }
    }
}
