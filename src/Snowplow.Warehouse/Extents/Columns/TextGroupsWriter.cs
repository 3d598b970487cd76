using Snowplow.Kql.Data;
using Snowplow.Warehouse.Extents.Texts;

namespace Snowplow.Warehouse.Extents.Columns;

/// <summary>Writes a column as <see cref="TextGroupsColumn"/> reads it, with no more than a group and a block of texts in memory.</summary>
internal sealed class TextGroupsWriter
{
    /// <summary>The most bytes of texts in a group of several: enough that compression finds what repeats, few enough that a single row is not dear.</summary>
    public const int GroupBytes = 1 << 18;

    private const int BoundBytes = 24;

    private readonly RegionWriter _region;
    private readonly DirectoryWriter _groups = new();
    private readonly bool _isJson;
    private readonly TermSet _terms = new();
    private readonly List<(int Strings, int Groups)> _blocks = [];
    private readonly List<int> _ends = [];
    private readonly ulong[] _valid;
    private byte[] _bytes = new byte[GroupBytes];
    private int _row;

    // Blocks that begin in the group that is being filled, and how many of its strings are of blocks before the current one.
    private int _groupBlocks;
    private int _settled;

    private TextGroupsWriter(RegionWriter region, int rowCount, bool isJson)
    {
        _region = region;
        _isJson = isJson;
        _valid = new ulong[(rowCount + 63) / 64];
    }

    private int Size => _ends.Count == 0 ? 0 : _ends[^1];

    /// <summary>Writes the column and its directory.</summary>
    /// <param name="region">Where its bytes go.</param>
    /// <param name="directory">Where its directory goes.</param>
    /// <param name="parts">Its rows.</param>
    /// <param name="rowCount">How many.</param>
    /// <param name="isJson">Whether the texts are the JSON of dynamic values.</param>
    public static void Write(RegionWriter region, DirectoryWriter directory, IEnumerable<StringColumn> parts, int rowCount, bool isJson)
    {
        var writer = new TextGroupsWriter(region, rowCount, isJson);
        foreach (var part in parts) writer.Add(part);
        if (writer._row != rowCount) throw new ArgumentException($"The parts have {writer._row} rows, not {rowCount}.", nameof(parts));
        if (writer._blocks.Count > 0) writer.FinishGroup(writer._ends.Count);
        directory.Unsigned((ulong)writer._blocks.Count);
        foreach (var (strings, groups) in writer._blocks)
        {
            directory.Unsigned((ulong)strings);
            directory.Unsigned((ulong)groups);
        }

        directory.Append(writer._groups);
        Validity.Write(region, directory, writer._valid, rowCount);
    }

    private void Add(StringColumn part)
    {
        for (var i = 0; i < part.Length; i++, _row++)
        {
            if (_row % Batch.Size == 0) BeginBlock();
            var text = part.Utf8(i);
            if (text.IsEmpty) continue;
            _valid[_row >> 6] |= 1UL << (_row & 63);
            MakeRoom(text.Length);
            text.CopyTo(_bytes.AsSpan(Size));
            _ends.Add(Size + text.Length);
            _blocks[^1] = _blocks[^1] with { Strings = _blocks[^1].Strings + 1 };
        }
    }

    // A group is a part of a block, or has whole blocks.
    private void BeginBlock()
    {
        if (_blocks.Count > 0 && _blocks[^1].Groups > 1) FinishGroup(_ends.Count);
        _settled = _ends.Count;
        _groupBlocks++;
        _blocks.Add((0, _groupBlocks == 1 ? 1 : 0));
    }

    private void MakeRoom(int length)
    {
        if (Size > 0 && Size + length > GroupBytes && _groupBlocks > 1)
        {
            // What whole blocks have is a group of its own, and this block begins another.
            FinishGroup(_settled);
            _groupBlocks = 1;
            _blocks[^1] = _blocks[^1] with { Groups = 1 };
        }

        if (Size > 0 && Size + length > GroupBytes)
        {
            FinishGroup(_ends.Count);
            _groupBlocks = 1;
            _blocks[^1] = _blocks[^1] with { Groups = _blocks[^1].Groups + 1 };
        }

        if (Size + length > _bytes.Length) Array.Resize(ref _bytes, checked((int)Math.Min(Array.MaxLength, Math.Max(2L * _bytes.Length, Size + (long)length))));
    }

    private void FinishGroup(int count)
    {
        var strings = new StringPool(_bytes, [.. _ends.Take(count)], isDistinct: false);
        TextGroup.Write(_region, _groups, strings);
        WriteBounds(strings);
        WriteTerms(strings);
        var size = strings.TextBytes;
        _bytes.AsSpan(size, Size - size).CopyTo(_bytes);
        _ends.RemoveRange(0, count);
        for (var i = 0; i < _ends.Count; i++) _ends[i] -= size;
        _groupBlocks = 0;
        _settled = 0;
    }

    // JSON says nothing of the order of what it is of.
    private void WriteBounds(StringPool strings)
    {
        ReadOnlySpan<byte> least = [], greatest = [];
        for (var i = 0; i < strings.Count && !_isJson; i++)
        {
            var text = strings[i];
            if (i == 0 || text.SequenceCompareTo(least) < 0) least = text;
            if (i == 0 || text.SequenceCompareTo(greatest) > 0) greatest = text;
        }

        _groups.Bytes(least[..Math.Min(least.Length, BoundBytes)]);
        _groups.Bytes(greatest[..Math.Min(greatest.Length, BoundBytes)]);
    }

    private void WriteTerms(StringPool strings)
    {
        _terms.Clear();
        for (var i = 0; i < strings.Count; i++) _terms.Add(strings[i], _isJson);
        var filter = TermFilter.Of(_terms.All);
        _groups.Unsigned((ulong)filter.Length);
        _region.Write(filter);
    }
}
