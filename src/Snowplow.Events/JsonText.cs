using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Json;

namespace Snowplow.Events;

/// <summary>Operations on the text of JSON that <see cref="Utf8JsonReader"/> has read, without a document.</summary>
public static class JsonText
{
    private static readonly SearchValues<byte> QuoteOrSpace = SearchValues.Create("\" \t\r\n"u8);
    private static readonly SearchValues<byte> QuoteEscapeOrDelete = SearchValues.Create("\"\\\u007f"u8);

    /// <summary>
    /// Unescapes the inside of a JSON string. Lone surrogates, which trackers send where they cut an emoji in half, become
    /// U+FFFD (<c>Utf8JsonReader.CopyString</c> throws on them).
    /// </summary>
    /// <param name="escaped">The text between the quotes, as it stands in valid JSON.</param>
    /// <param name="destination">At least as long as <paramref name="escaped"/>.</param>
    /// <returns>The number of bytes written.</returns>
    public static int Unescape(ReadOnlySpan<byte> escaped, Span<byte> destination)
    {
        var written = 0;
        while (true)
        {
            var backslash = escaped.IndexOf((byte)'\\');
            var plain = backslash < 0 ? escaped : escaped[..backslash];
            plain.CopyTo(destination[written..]);
            written += plain.Length;
            if (backslash < 0) return written;
            escaped = escaped[(backslash + 1)..];
            if (escaped[0] == 'u')
            {
                written += UnescapeRune(ref escaped).EncodeToUtf8(destination[written..]);
                continue;
            }

            destination[written++] = escaped[0] switch
            {
                (byte)'b' => (byte)'\b',
                (byte)'f' => (byte)'\f',
                (byte)'n' => (byte)'\n',
                (byte)'r' => (byte)'\r',
                (byte)'t' => (byte)'\t',
                var self => self,
            };
            escaped = escaped[1..];
        }
    }

    /// <summary>
    /// Whether the string or property name that a reader stands on is this text. Unlike <c>ValueTextEquals</c> it does not
    /// throw on lone surrogates.
    /// </summary>
    public static bool Is(scoped in Utf8JsonReader reader, ReadOnlySpan<byte> text)
    {
        if (!reader.ValueIsEscaped) return reader.ValueSpan.SequenceEqual(text);
        var unescaped = new byte[reader.ValueSpan.Length];
        return unescaped.AsSpan(0, Unescape(reader.ValueSpan, unescaped)).SequenceEqual(text);
    }

    /// <summary>
    /// Copies valid JSON without the white space between its tokens, which makes it safe for a TSV field: what remains of
    /// control characters stands escaped within strings, U+007F included. Numbers, escapes and repeated keys stay as they are.
    /// </summary>
    public static void WriteCompact(ReadOnlySpan<byte> json, IBufferWriter<byte> output)
    {
        while (true)
        {
            var at = json.IndexOfAny(QuoteOrSpace);
            if (at < 0)
            {
                output.Write(json);
                return;
            }

            output.Write(json[..at]);
            json = json[at..];
            if (json[0] != '"') json = json[1..];
            else WriteString(ref json, output);
        }
    }

    // Copies from one quote to the next unescaped one.
    private static void WriteString(ref ReadOnlySpan<byte> json, IBufferWriter<byte> output)
    {
        var at = 1;
        while (true)
        {
            at += json[at..].IndexOfAny(QuoteEscapeOrDelete);
            if (json[at] == '\\')
            {
                at += 2;
                continue;
            }

            if (json[at] == '"') break;
            output.Write(json[..at]);
            output.Write("\\u007f"u8);
            json = json[(at + 1)..];
            at = 0;
        }

        output.Write(json[..(at + 1)]);
        json = json[(at + 1)..];
    }

    // At the 'u' of an escape; goes behind it, and behind the second half of a surrogate pair.
    private static Rune UnescapeRune(ref ReadOnlySpan<byte> escaped)
    {
        var first = Unit(escaped);
        escaped = escaped[5..];
        if (char.IsHighSurrogate(first) && escaped is [(byte)'\\', (byte)'u', _, _, _, _, ..]
            && Rune.TryCreate(first, Unit(escaped[1..]), out var pair))
        {
            escaped = escaped[6..];
            return pair;
        }

        return Rune.TryCreate(first, out var rune) ? rune : Rune.ReplacementChar;
    }

    private static char Unit(ReadOnlySpan<byte> escape) =>
        Utf8Parser.TryParse(escape.Slice(1, 4), out ushort unit, out _, 'x') ? (char)unit : '\ufffd';
}
