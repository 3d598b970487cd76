using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace Snowplow.Enrich.JsonSchema;

/// <summary>Turns string tokens that <see cref="JsonCursor"/> has accepted into text.</summary>
/// <remarks>
/// A lone surrogate escape (<c>\ud800</c>) is kept: as itself in UTF-16, as the three bytes it would take in UTF-8. So it can be
/// compared and matched, and equals nothing else.
/// </remarks>
internal static class JsonText
{
    /// <summary>Replaces escapes; the destination needs no more bytes than the source has.</summary>
    /// <returns>Bytes written.</returns>
    public static int Unescape(ReadOnlySpan<byte> raw, Span<byte> utf8)
    {
        var written = 0;
        while (true)
        {
            var plain = raw.IndexOf((byte)'\\');
            if (plain < 0)
            {
                raw.CopyTo(utf8[written..]);
                return written + raw.Length;
            }

            raw[..plain].CopyTo(utf8[written..]);
            written += plain;
            raw = raw[plain..];
            var unit = TakeEscape(ref raw);
            if (char.IsHighSurrogate(unit) && raw is [(byte)'\\', (byte)'u', ..])
            {
                var rest = raw;
                var low = TakeEscape(ref rest);
                if (char.IsLowSurrogate(low))
                {
                    raw = rest;
                    written += new Rune(unit, low).EncodeToUtf8(utf8[written..]);
                    continue;
                }
            }

            written += EncodeUnit(unit, utf8[written..]);
        }
    }

    /// <summary>Replaces escapes and converts to UTF-16; the destination needs no more characters than the source has bytes.</summary>
    /// <returns>Characters written.</returns>
    public static int UnescapeToUtf16(ReadOnlySpan<byte> raw, Span<char> utf16)
    {
        var written = 0;
        while (true)
        {
            var backslash = raw.IndexOf((byte)'\\');
            var plain = backslash < 0 ? raw.Length : backslash;
            Utf8.ToUtf16(raw[..plain], utf16[written..], out _, out var chars);
            written += chars;
            raw = raw[plain..];
            if (backslash < 0)
                return written;
            utf16[written++] = TakeEscape(ref raw);
        }
    }

    /// <summary>Whether a JSON text escapes one half of a surrogate pair without the other.</summary>
    public static bool HasLoneSurrogate(ReadOnlySpan<byte> json)
    {
        for (var at = json.IndexOf((byte)'\\'); at >= 0; at = json.IndexOf((byte)'\\'))
        {
            json = json[at..];
            if (json.Length < 6)
                return false;

            var unit = TakeEscape(ref json);
            if (!char.IsSurrogate(unit))
                continue;
            if (char.IsLowSurrogate(unit) || json is not [(byte)'\\', (byte)'u', _, _, _, _, ..])
                return true;
            if (!char.IsLowSurrogate(TakeEscape(ref json)))
                return true;
        }

        return false;
    }

    /// <summary>The token as a string, for messages.</summary>
    public static string ToString(ReadOnlySpan<byte> raw)
    {
        var chars = new char[raw.Length];
        return new string(chars, 0, UnescapeToUtf16(raw, chars));
    }

    /// <summary>Length in code points; a surrogate pair of escapes is one, a lone surrogate too.</summary>
    public static int CountCodePoints(ReadOnlySpan<byte> raw, bool escaped)
    {
        var count = 0;
        if (!escaped)
        {
            foreach (var value in raw)
                count += (value & 0xC0) != 0x80 ? 1 : 0;
            return count;
        }

        var afterHighSurrogate = false;
        while (raw.Length > 0)
        {
            var unit = '\0';
            if (raw[0] == '\\')
            {
                unit = TakeEscape(ref raw);
                count += afterHighSurrogate && char.IsLowSurrogate(unit) ? 0 : 1;
            }
            else
            {
                count += (raw[0] & 0xC0) != 0x80 ? 1 : 0;
                raw = raw[1..];
            }

            afterHighSurrogate = !(afterHighSurrogate && char.IsLowSurrogate(unit)) && char.IsHighSurrogate(unit);
        }

        return count;
    }

    private static char TakeEscape(ref ReadOnlySpan<byte> raw)
    {
        var kind = raw[1];
        if (kind == 'u')
        {
            var unit = (char)ushort.Parse(raw.Slice(2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
            raw = raw[6..];
            return unit;
        }

        raw = raw[2..];
        return kind switch
        {
            (byte)'b' => '\b',
            (byte)'f' => '\f',
            (byte)'n' => '\n',
            (byte)'r' => '\r',
            (byte)'t' => '\t',
            _ => (char)kind,
        };
    }

    private static int EncodeUnit(char unit, Span<byte> utf8)
    {
        if (unit < 0x80)
        {
            utf8[0] = (byte)unit;
            return 1;
        }

        if (unit < 0x800)
        {
            utf8[0] = (byte)(0xC0 | (unit >> 6));
            utf8[1] = (byte)(0x80 | (unit & 0x3F));
            return 2;
        }

        utf8[0] = (byte)(0xE0 | (unit >> 12));
        utf8[1] = (byte)(0x80 | ((unit >> 6) & 0x3F));
        utf8[2] = (byte)(0x80 | (unit & 0x3F));
        return 3;
    }
}
