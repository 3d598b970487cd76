using System.Buffers.Binary;
using Snowplow.Kql.Data;

namespace Snowplow.Warehouse.Extents.Columns;

/// <summary>A column of guids. The directory: <see cref="Validity"/>, <see cref="UuidBlocks"/>; the region likewise.</summary>
internal sealed unsafe class GuidsColumn : StoredColumn
{
    private readonly Validity _validity;
    private readonly UuidBlocks _guids;

    /// <summary>Reads the directory.</summary>
    /// <exception cref="InvalidDataException">It is none.</exception>
    public GuidsColumn(ref DirectoryReader directory)
    {
        var start = 0L;
        _validity = new Validity(ref directory, ref start);
        _guids = new UuidBlocks(ref directory, start);
    }

    /// <summary>Writes the column and its directory.</summary>
    public static void Write(RegionWriter region, DirectoryWriter directory, Entries<Guid> entries)
    {
        Validity.Write(region, directory, entries.Valid, entries.RowCount);
        using var uuids = entries.Select(guid => BinaryPrimitives.ReadUInt128BigEndian(guid.ToByteArray(bigEndian: true)));
        UuidBlocks.Write(region, directory, uuids);
    }

    public override Column Read(byte* region, int block, int rows)
    {
        var bytes = _guids.Read(region, block);
        var guids = new Guid[rows];
        var count = bytes.Length / UuidBlocks.Size;
        for (var i = 0; i < count; i++) guids[i] = new Guid(bytes.Slice(i * UuidBlocks.Size, UuidBlocks.Size), bigEndian: true);
        return Spread.Rows(KqlType.Guid, guids, count, _validity.Read(region, block, rows));
    }

    public override UInt128? UuidAt(byte* region, int row)
    {
        var index = _validity.IndexOf(region, row / Batch.Size, row % Batch.Size);
        return index < 0 ? null : _guids.Get(region, row / Batch.Size, index);
    }
}
