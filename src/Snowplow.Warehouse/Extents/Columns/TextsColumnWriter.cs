using Snowplow.Kql.Data;
using Snowplow.Warehouse.Extents.Texts;

namespace Snowplow.Warehouse.Extents.Columns;

/// <summary>Writes a column as <see cref="TextsColumn"/> reads it, with no more than a group of texts in memory.</summary>
internal sealed class TextsColumnWriter
{
    // Enough that compression finds what repeats; few enough that a single row is not dear.
    private const int GroupBytes = 1 << 19;

    private readonly RegionWriter _region;
    private readonly DirectoryWriter _groups = new();
    private readonly List<int> _blocks = [];
    private readonly List<int> _ends = [];
    private readonly ulong[] _valid;
    private byte[] _bytes = new byte[GroupBytes];
    private int _row;
    private int _size;
    private int _groupCount;

    private TextsColumnWriter(RegionWriter region, int rowCount)
    {
        _region = region;
        _valid = new ulong[(rowCount + 63) / 64];
    }

    /// <summary>Writes the column and its directory.</summary>
    public static void Write(RegionWriter region, DirectoryWriter directory, IEnumerable<StringColumn> parts, int rowCount)
    {
        var writer = new TextsColumnWriter(region, rowCount);
        foreach (var part in parts) writer.Add(part);
        if (writer._row != rowCount) throw new ArgumentException($"The parts have {writer._row} rows, not {rowCount}.", nameof(parts));
        if (writer._blocks.Count > 0) writer.FinishGroup();
        directory.Unsigned((ulong)writer._groupCount);
        directory.Append(writer._groups);
        Validity.Write(region, directory, writer._valid, rowCount);
    }

    private void Add(StringColumn part)
    {
        for (var i = 0; i < part.Length; i++, _row++)
        {
            if (_row % Batch.Size == 0)
            {
                if (_size >= GroupBytes) FinishGroup();
                _blocks.Add(0);
            }

            var text = part.Utf8(i);
            if (text.IsEmpty) continue;
            _valid[_row >> 6] |= 1UL << (_row & 63);
            if (_size + text.Length > _bytes.Length) Array.Resize(ref _bytes, checked((int)Math.Min(Array.MaxLength, Math.Max(2L * _bytes.Length, _size + (long)text.Length))));
            text.CopyTo(_bytes.AsSpan(_size));
            _size += text.Length;
            _ends.Add(_size);
            _blocks[^1]++;
        }
    }

    private void FinishGroup()
    {
        _groupCount++;
        _groups.Unsigned((ulong)_blocks.Count);
        foreach (var count in _blocks) _groups.Unsigned((ulong)count);
        TextGroup.Write(_region, _groups, new StringPool(_bytes, [.. _ends], isDistinct: false));
        _blocks.Clear();
        _ends.Clear();
        _size = 0;
    }
}
