namespace Snowplow.Kql.Functions;

/// <summary>Reads guids as toguid does: 32 hexadecimal digits, dashes between them or in braces; what stands behind them does not count.</summary>
internal static class GuidText
{
    private const int Digits = 32;

    public static bool TryParse(string text, out Guid guid)
    {
        if (Guid.TryParse(text, out guid)) return true;
        Span<char> digits = stackalloc char[Digits];
        var count = 0;
        foreach (var c in text.AsSpan().Trim())
        {
            if (count == Digits) break;
            if (char.IsAsciiHexDigit(c)) digits[count++] = c;
            else if (c != '-' || count == 0) return false;
        }

        return count == Digits && Guid.TryParseExact(digits, "N", out guid);
    }
}
