using System.IO.Hashing;

namespace Snowplow.Warehouse.Extents;

/// <summary>The bytes of one column on their way into the file.</summary>
/// <param name="file">The file, at the place where the column begins.</param>
internal sealed class RegionWriter(Stream file)
{
    private readonly XxHash3 _hash = new();

    /// <summary>Bytes written so far: where the next one will be.</summary>
    public long Length { get; private set; }

    /// <summary>The checksum of what was written.</summary>
    public ulong Checksum => _hash.GetCurrentHashAsUInt64();

    public void Write(ReadOnlySpan<byte> bytes)
    {
        file.Write(bytes);
        _hash.Append(bytes);
        Length += bytes.Length;
    }
}
