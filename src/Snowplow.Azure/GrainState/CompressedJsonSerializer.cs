using System.IO.Compression;
using System.Text.Json;
using Orleans.Storage;

namespace Snowplow.Azure.GrainState;

/// <summary>
/// States as JSON, the larger ones compressed: an entity of Table storage holds a megabyte, and is paid for by what it holds. JSON begins
/// with a brace or a letter, deflated JSON with <see cref="Deflated"/>.
/// </summary>
/// <param name="options">How states are written.</param>
internal sealed class CompressedJsonSerializer(JsonSerializerOptions options) : IGrainStorageSerializer
{
    private const byte Deflated = 1;
    private const int CompressedFrom = 2048;

    /// <inheritdoc/>
    public BinaryData Serialize<T>(T? input)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(input, options);
        if (json.Length < CompressedFrom) return BinaryData.FromBytes(json);
        using var compressed = new MemoryStream(json.Length / 2);
        compressed.WriteByte(Deflated);
        using (var deflate = new DeflateStream(compressed, CompressionLevel.Fastest, leaveOpen: true)) deflate.Write(json);
        return BinaryData.FromBytes(compressed.GetBuffer().AsMemory(0, (int)compressed.Length));
    }

    /// <inheritdoc/>
    public T Deserialize<T>(BinaryData input)
    {
        var bytes = input.ToMemory();
        if (bytes.Span is [not Deflated, ..]) return JsonSerializer.Deserialize<T>(bytes.Span, options)!;
        using var deflate = new DeflateStream(BinaryData.FromBytes(bytes[1..]).ToStream(), CompressionMode.Decompress);
        return JsonSerializer.Deserialize<T>(deflate, options)!;
    }
}
