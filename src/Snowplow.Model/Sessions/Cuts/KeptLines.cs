using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Serialization;
using Snowplow.Events.Enriched;
using Snowplow.Model.Events;

namespace Snowplow.Model.Sessions.Cuts;

/// <summary>
/// The enriched lines of a session's events, so that it can be folded anew when its cuts move. Compressed (Brotli) in chunks,
/// of which only the last is opened to add a line: the lines of one user have most of their text in common.
/// </summary>
[JsonConverter(typeof(Converter))]
internal sealed class KeptLines
{
    // Beyond it a chunk gets no more lines.
    internal const int ChunkBytes = 32 << 10;

    // 3 is fast; more saves little, as most of a line repeats the one before.
    private const int Quality = 3;
    private const int WindowBits = 16;
    private const int PrefixBytes = 4;

    // Each: the length before compression (32 bits little-endian), then the compressed lines, ended by line feeds.
    private readonly List<byte[]> _chunks = [];
    private byte[]? _open;
    private int _openLength;

    // Copies whose event is counted elsewhere: indexes of lines in the order in which they were added.
    private List<int>? _uncounted;

    /// <summary>How many lines there are.</summary>
    public int Count { get; private set; }

    /// <summary>The compressed size in bytes.</summary>
    public int Length
    {
        get
        {
            Pack();
            return _chunks.Sum(chunk => chunk.Length);
        }
    }

    /// <summary>Adds a line.</summary>
    /// <param name="line">The line, without a line feed.</param>
    /// <param name="isCounted">Whether the session counts the event.</param>
    public void Add(ReadOnlySpan<byte> line, bool isCounted)
    {
        if (!isCounted) (_uncounted ??= []).Add(Count);
        Count++;
        Reserve(line.Length + 1);
        line.CopyTo(_open.AsSpan(_openLength));
        _openLength += line.Length;
        _open![_openLength++] = (byte)'\n';
        if (_openLength >= ChunkBytes) Pack();
    }

    /// <summary>Says that events are counted elsewhere from now on.</summary>
    /// <param name="counted">Their identities, and the times at which they were counted here.</param>
    public void Uncount(IReadOnlySet<(ulong Identity, long TimeMs)> counted)
    {
        var lines = Read();
        for (var i = 0; i < lines.Count; i++)
        {
            var e = EventFacts.Read(lines[i]);
            if (counted.Contains((e.Identity, e.Order.DerivedMs)) && IsCounted(i)) (_uncounted ??= []).Add(i);
        }
    }

    /// <summary>Whether the session counts the event of a line.</summary>
    public bool IsCounted(int index) => _uncounted?.Contains(index) != true;

    /// <summary>All lines, in the order in which they were added.</summary>
    public EnrichedBatch Read()
    {
        Pack();
        var text = new byte[_chunks.Sum(RawLength)];
        var length = 0;
        foreach (var chunk in _chunks) length += Unpack(chunk, text.AsSpan(length));
        return EnrichedBatch.Parse(text);
    }

    private void Reserve(int length)
    {
        if (_open is null)
        {
            var last = _chunks.Count > 0 && RawLength(_chunks[^1]) < ChunkBytes ? _chunks[^1] : null;
            var kept = last is null ? 0 : RawLength(last);
            _open = ArrayPool<byte>.Shared.Rent(Math.Max(ChunkBytes, kept + length));
            if (last is null) return;
            _openLength = Unpack(last, _open);
            _chunks.RemoveAt(_chunks.Count - 1);
        }

        if (_openLength + length <= _open.Length) return;
        var larger = ArrayPool<byte>.Shared.Rent(_openLength + length);
        _open.AsSpan(0, _openLength).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_open);
        _open = larger;
    }

    private void Pack()
    {
        if (_open is null) return;
        var packed = ArrayPool<byte>.Shared.Rent(PrefixBytes + BrotliEncoder.GetMaxCompressedLength(_openLength));
        BinaryPrimitives.WriteInt32LittleEndian(packed, _openLength);
        if (!BrotliEncoder.TryCompress(_open.AsSpan(0, _openLength), packed.AsSpan(PrefixBytes), out var length, Quality, WindowBits))
            throw new InvalidOperationException($"{_openLength} bytes of lines could not be compressed.");
        _chunks.Add(packed.AsSpan(0, PrefixBytes + length).ToArray());
        ArrayPool<byte>.Shared.Return(packed);
        ArrayPool<byte>.Shared.Return(_open);
        (_open, _openLength) = (null, 0);
    }

    private static int RawLength(byte[] chunk) => BinaryPrimitives.ReadInt32LittleEndian(chunk);

    private static int Unpack(byte[] chunk, Span<byte> into) =>
        BrotliDecoder.TryDecompress(chunk.AsSpan(PrefixBytes), into, out var length) && length == RawLength(chunk)
            ? length
            : throw new JsonException("Lines that a state keeps cannot be decompressed.");

    // {"n": number of lines, "u": [lines that do not count], "c": [chunks in base64]}
    internal sealed class Converter : JsonConverter<KeptLines>
    {
        public override KeptLines Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            var lines = new KeptLines();
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var isUncounted = reader.ValueTextEquals("u"u8);
                reader.Read();
                if (reader.TokenType == JsonTokenType.Number) lines.Count = reader.GetInt32();
                if (reader.TokenType != JsonTokenType.StartArray) continue;
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                {
                    if (isUncounted) (lines._uncounted ??= []).Add(reader.GetInt32());
                    else lines._chunks.Add(reader.GetBytesFromBase64());
                }
            }

            return lines;
        }

        public override void Write(Utf8JsonWriter writer, KeptLines value, JsonSerializerOptions options)
        {
            value.Pack();
            writer.WriteStartObject();
            writer.WriteNumber("n"u8, value.Count);
            if (value._uncounted is { } uncounted)
            {
                writer.WriteStartArray("u"u8);
                foreach (var index in uncounted) writer.WriteNumberValue(index);
                writer.WriteEndArray();
            }

            writer.WriteStartArray("c"u8);
            foreach (var chunk in value._chunks) writer.WriteBase64StringValue(chunk);
            writer.WriteEndArray();
            writer.WriteEndObject();
        }
    }
}
