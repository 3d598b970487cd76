using System.Globalization;

namespace Snowplow.Enrich.Payloads;

/// <summary>
/// The collector's network user id: a UUID, read as leniently as <c>java.util.UUID.fromString</c> does (groups may be shorter
/// than usual) and written in its canonical form.
/// </summary>
internal static class NetworkUserId
{
    private static readonly int[] GroupLengths = [8, 4, 4, 4, 12];

    /// <summary>The canonical form, or null where the text is no UUID.</summary>
    public static string? Normalise(string text)
    {
        if (text.Length == 36 && Guid.TryParseExact(text, "D", out var id)) return text.AsSpan().ContainsAnyInRange('A', 'Z') ? id.ToString() : text;
        Span<char> canonical = stackalloc char[36];
        canonical.Fill('0');
        int group = 0, end = 0;
        foreach (var range in text.AsSpan().Split('-'))
        {
            var digits = text.AsSpan(range);
            if (group == GroupLengths.Length || digits.Length == 0 || digits.Length > GroupLengths[group]) return null;
            if (!ulong.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out _)) return null;
            end += GroupLengths[group];
            digits.ToLowerInvariant(canonical[(end - digits.Length)..]);
            if (++group < GroupLengths.Length) canonical[end++] = '-';
        }

        return group == GroupLengths.Length ? new string(canonical) : null;
    }
}
