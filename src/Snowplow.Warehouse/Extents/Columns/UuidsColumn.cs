using System.Buffers;
using System.Buffers.Binary;
using Snowplow.Kql.Data;
using Snowplow.Warehouse.Extents.Texts;

namespace Snowplow.Warehouse.Extents.Columns;

/// <summary>A column of strings that are uuids or empty. The directory: <see cref="Validity"/>, <see cref="UuidBlocks"/>; the region likewise.</summary>
internal sealed unsafe class UuidsColumn : StoredColumn
{
    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789abcdef");

    private readonly Validity _validity;
    private readonly UuidBlocks _uuids;

    /// <summary>Reads the directory.</summary>
    /// <exception cref="InvalidDataException">It is none.</exception>
    public UuidsColumn(ref DirectoryReader directory)
    {
        var start = 0L;
        _validity = new Validity(ref directory, ref start);
        _uuids = new UuidBlocks(ref directory, start);
    }

    /// <summary>Writes the column and its directory.</summary>
    public static void Write(RegionWriter region, DirectoryWriter directory, Entries<UInt128> entries)
    {
        Validity.Write(region, directory, entries.Valid, entries.RowCount);
        UuidBlocks.Write(region, directory, entries);
    }

    public override Column Read(byte* region, int block, int rows)
    {
        var uuids = _uuids.Read(region, block);
        var count = uuids.Length / UuidBlocks.Size;
        var valid = _validity.Read(region, block, rows);
        // The empty string, where there is one, is the last.
        var ends = GC.AllocateUninitializedArray<int>(count + (valid is null ? 0 : 1));
        var texts = GC.AllocateUninitializedArray<byte>(count * UuidText.Length);
        for (var i = 0; i < count; i++)
        {
            UuidText.Write(uuids[(i * UuidBlocks.Size)..], texts.AsSpan(i * UuidText.Length));
            ends[i] = (i + 1) * UuidText.Length;
        }

        if (valid is not null) ends[^1] = texts.Length;
        return new StringColumn(new StringPool(texts, ends, isDistinct: false), EntryCodes.Of(0, count, rows, valid, count));
    }

    // The bytes as they lie: to look for some is far less than to write all as texts.
    public override bool MayHold(byte* region, TextTest test, int block, int rows)
    {
        var uuids = _uuids.Read(region, block);
        if (test.PassesEmpty && uuids.Length < rows * UuidBlocks.Size) return true;
        foreach (var pattern in test.Patterns)
            if (MayHold(uuids, pattern)) return true;
        return false;
    }

    private static bool MayHold(ReadOnlySpan<byte> uuids, TextPattern pattern)
    {
        if (pattern.Whole is { } whole)
        {
            Span<byte> wanted = stackalloc byte[UuidBlocks.Size];
            if (!UuidText.TryParse(whole.Span, out var uuid)) return false;
            BinaryPrimitives.WriteUInt128BigEndian(wanted, uuid);
            return uuids.IndexOf(wanted) >= 0;
        }

        // The terms of a uuid have eight, four or twelve digits; those of twelve are its last six bytes.
        foreach (var term in pattern.Terms)
        {
            if (term.Length is not (4 or 8 or 12) || term.AsSpan().ContainsAnyExcept(Digits)) return false;
            if (term.Length == 12 && uuids.IndexOf(Convert.FromHexString(term)) < 0) return false;
        }

        return true;
    }

    public override UInt128? UuidAt(byte* region, int row)
    {
        var index = _validity.IndexOf(region, row / Batch.Size, row % Batch.Size);
        return index < 0 ? null : _uuids.Get(region, row / Batch.Size, index);
    }
}
