using System.Buffers.Binary;

namespace Snowplow.Warehouse.Extents.Columns;

/// <summary>Values of sixteen bytes, one after the other, those of the text's first digits first. The directory: for each block the count of its values.</summary>
internal sealed class UuidBlocks
{
    /// <summary>Bytes of a value.</summary>
    public const int Size = 16;

    private readonly long[] _offsets;

    /// <summary>Reads the directory.</summary>
    /// <param name="directory">Where it comes next.</param>
    /// <param name="start">Where the first value is, in bytes from the region's begin.</param>
    /// <exception cref="InvalidDataException">It is none.</exception>
    public UuidBlocks(ref DirectoryReader directory, long start)
    {
        _offsets = new long[directory.Count(1 << 20) + 1];
        _offsets[0] = start;
        for (var i = 1; i < _offsets.Length; i++) _offsets[i] = _offsets[i - 1] + ((long)Size * directory.Count(1 << 20));
    }

    /// <summary>Writes all values and the directory.</summary>
    public static void Write(RegionWriter region, DirectoryWriter directory, Entries<UInt128> entries)
    {
        directory.Unsigned((ulong)entries.BlockCount);
        var bytes = new byte[Size];
        for (var block = 0; block < entries.BlockCount; block++)
        {
            directory.Unsigned((ulong)entries.Block(block).Length);
            foreach (var value in entries.Block(block))
            {
                BinaryPrimitives.WriteUInt128BigEndian(bytes, value);
                region.Write(bytes);
            }
        }
    }

    /// <summary>All values of a block, <see cref="Size"/> bytes each.</summary>
    public unsafe ReadOnlySpan<byte> Read(byte* region, int block) => new(region + _offsets[block], (int)(_offsets[block + 1] - _offsets[block]));

    /// <summary>One value of a block.</summary>
    public unsafe UInt128 Get(byte* region, int block, int index) => BinaryPrimitives.ReadUInt128BigEndian(Read(region, block).Slice(index * Size, Size));
}
