using System.Buffers.Text;
using System.Runtime.CompilerServices;
using System.Text;

namespace Snowplow.Silo.Simulate;

/// <summary>A growing buffer of UTF-8 text. Interpolated strings are written into it without a string in between.</summary>
internal sealed class Utf8Buffer
{
    private byte[] _bytes = new byte[2048];

    /// <summary>Bytes written.</summary>
    public int Length { get; private set; }

    /// <summary>What was written; valid until the next write.</summary>
    public Span<byte> Written => _bytes.AsSpan(0, Length);

    /// <summary>What was written; valid until the next write.</summary>
    public ReadOnlyMemory<byte> WrittenMemory => _bytes.AsMemory(0, Length);

    /// <summary>Forgets what was written and keeps the memory.</summary>
    public void Clear() => Length = 0;

    /// <summary>Appends UTF-8 text.</summary>
    public void Append(ReadOnlySpan<byte> text)
    {
        text.CopyTo(Room(text.Length));
        Length += text.Length;
    }

    /// <summary>Appends a text.</summary>
    public void Append(string text)
    {
        var room = Room(Encoding.UTF8.GetMaxByteCount(text.Length));
        Length += Encoding.UTF8.GetBytes(text, room);
    }

    /// <summary>Appends a number, a UUID or another value of at most 64 characters in its invariant form.</summary>
    public void Append<T>(T value, ReadOnlySpan<char> format = default)
        where T : IUtf8SpanFormattable
    {
        if (!value.TryFormat(Room(64), out var written, format, provider: null))
            throw new ArgumentException("The value's text is longer than 64 bytes.", nameof(value));
        Length += written;
    }

    /// <summary>Appends an interpolated string, <c>buffer.Append($"…{id}…")</c>, and returns its number of bytes.</summary>
    public int Append([InterpolatedStringHandlerArgument("")] ref Interpolation text) => Length - text.Start;

    /// <summary>Appends bytes as URL-safe base64 without padding, as the trackers write <c>cx</c> and <c>ue_px</c>.</summary>
    public void AppendBase64Url(ReadOnlySpan<byte> bytes)
    {
        Base64Url.EncodeToUtf8(bytes, Room(Base64Url.GetEncodedLength(bytes.Length)), out _, out var written);
        Length += written;
    }

    /// <summary>Appends text with everything percent-encoded but RFC 3986's unreserved characters.</summary>
    public void AppendPercentEncoded(ReadOnlySpan<byte> text)
    {
        var room = Room(3 * text.Length);
        var at = 0;
        foreach (var octet in text)
        {
            if (char.IsAsciiLetterOrDigit((char)octet) || octet is (byte)'-' or (byte)'.' or (byte)'_' or (byte)'~')
            {
                room[at++] = octet;
                continue;
            }

            room[at++] = (byte)'%';
            room[at++] = "0123456789ABCDEF"u8[octet >> 4];
            room[at++] = "0123456789ABCDEF"u8[octet & 15];
        }

        Length += at;
    }

    private Span<byte> Room(int size)
    {
        if (_bytes.Length - Length < size)
            Array.Resize(ref _bytes, Math.Max(2 * _bytes.Length, Length + size));
        return _bytes.AsSpan(Length);
    }

    /// <summary>Writes the parts of an interpolated string straight into the buffer.</summary>
    [InterpolatedStringHandler]
    internal readonly ref struct Interpolation
    {
        private readonly Utf8Buffer _buffer;

        public Interpolation(int literalLength, int formattedCount, Utf8Buffer buffer)
        {
            _buffer = buffer;
            Start = buffer.Length;
            _ = buffer.Room(literalLength + (16 * formattedCount));
        }

        /// <summary>Where in the buffer the string begins.</summary>
        public int Start { get; }

        public void AppendLiteral(string text) => _buffer.Append(text);

        public void AppendFormatted(string text) => _buffer.Append(text);

        public void AppendFormatted(ReadOnlySpan<byte> text) => _buffer.Append(text);

        public void AppendFormatted<T>(T value)
            where T : IUtf8SpanFormattable => _buffer.Append(value);

        public void AppendFormatted<T>(T value, string format)
            where T : IUtf8SpanFormattable => _buffer.Append(value, format);
    }
}
