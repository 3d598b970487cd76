using System.Numerics;
using System.Runtime.InteropServices;
using Snowplow.Kql.Data;
using Snowplow.Warehouse.Extents.Integers;

namespace Snowplow.Warehouse.Extents;

/// <summary>
/// Which rows of a column have a value, in blocks: a bit a row, or where few have one, or few have none, the places of those (an
/// <see cref="IntegerBlock"/>). The directory: 0 where all rows have one; else 1, count of blocks, and for each its form and its length.
/// </summary>
internal sealed class Validity
{
    // Below one row in so many, places are shorter than bits.
    private const int Sparse = 12;

    private readonly Form[] _forms = [];
    private readonly long[] _offsets = [];

    /// <summary>Reads the directory.</summary>
    /// <param name="directory">Where it comes next.</param>
    /// <param name="start">Where the first block is, in bytes from the region's begin; the end of the last one afterwards.</param>
    /// <exception cref="InvalidDataException">It is none.</exception>
    public Validity(ref DirectoryReader directory, ref long start)
    {
        if (directory.Unsigned() == 0) return;
        _forms = new Form[directory.Count(1 << 20)];
        _offsets = new long[_forms.Length];
        for (var i = 0; i < _forms.Length; i++)
        {
            _forms[i] = (Form)directory.Count(4);
            _offsets[i] = start;
            start += directory.Count();
        }
    }

    private enum Form : byte
    {
        All,
        None,
        Bits,
        WithValue,
        WithoutValue,
    }

    /// <summary>Writes all blocks; <paramref name="valid"/> is null where all rows have a value.</summary>
    public static void Write(RegionWriter region, DirectoryWriter directory, ulong[]? valid, int rowCount)
    {
        directory.Unsigned(valid is null ? 0u : 1u);
        if (valid is null) return;
        var blocks = (rowCount + Batch.Size - 1) / Batch.Size;
        directory.Unsigned((ulong)blocks);
        for (var block = 0; block < blocks; block++)
        {
            var rows = Math.Min(Batch.Size, rowCount - (block * Batch.Size));
            var words = valid.AsSpan(block * (Batch.Size / 64), (rows + 63) / 64);
            var count = Count(words);
            var form = count == rows ? Form.All : count == 0 ? Form.None : count * Sparse < rows ? Form.WithValue : (rows - count) * Sparse < rows ? Form.WithoutValue : Form.Bits;
            var start = region.Length;
            if (form == Form.Bits) region.Write(MemoryMarshal.AsBytes(words));
            if (form >= Form.WithValue) IntegerBlock.Write(region, Places(words, rows, form == Form.WithValue));
            directory.Unsigned((ulong)form);
            directory.Unsigned((ulong)(region.Length - start));
        }
    }

    /// <summary>A bit for each row of a block, set where it has a value; null where all have one.</summary>
    public unsafe ulong[]? Read(byte* region, int block, int rows)
    {
        if (_forms.Length == 0 || _forms[block] == Form.All) return null;
        var words = new ulong[(rows + 63) / 64];
        var source = region + _offsets[block];
        if (_forms[block] == Form.Bits) new ReadOnlySpan<byte>(source, words.Length * 8).CopyTo(MemoryMarshal.AsBytes(words.AsSpan()));
        if (_forms[block] < Form.WithValue) return words;
        Span<int> places = stackalloc int[IntegerBlock.Count(source)];
        IntegerBlock.Read(source, places);
        if (_forms[block] == Form.WithoutValue)
        {
            Array.Fill(words, ulong.MaxValue);
            if (rows % 64 != 0) words[^1] = (1UL << (rows % 64)) - 1;
        }

        foreach (var place in places) words[place >> 6] ^= 1UL << (place & 63);
        return words;
    }

    /// <summary>Which of the values of a block is a row's; -1 where it has none.</summary>
    public unsafe int IndexOf(byte* region, int block, int row)
    {
        if (_forms.Length == 0 || _forms[block] == Form.All) return row;
        if (_forms[block] == Form.None) return -1;
        // A block of bits is read where it lies; places are few.
        var words = _forms[block] == Form.Bits
            ? MemoryMarshal.Cast<byte, ulong>(new ReadOnlySpan<byte>(region + _offsets[block], ((row >> 6) + 1) * 8))
            : Read(region, block, Batch.Size);
        if ((words[row >> 6] >> (row & 63) & 1) == 0) return -1;
        return Count(words[..(row >> 6)]) + BitOperations.PopCount(words[row >> 6] & ((1UL << (row & 63)) - 1));
    }

    private static int Count(ReadOnlySpan<ulong> words)
    {
        var count = 0;
        foreach (var word in words) count += BitOperations.PopCount(word);
        return count;
    }

    private static long[] Places(ReadOnlySpan<ulong> words, int rows, bool isSet)
    {
        var places = new List<long>();
        for (var row = 0; row < rows; row++)
            if ((words[row >> 6] >> (row & 63) & 1) != 0 == isSet) places.Add(row);
        return [.. places];
    }
}
