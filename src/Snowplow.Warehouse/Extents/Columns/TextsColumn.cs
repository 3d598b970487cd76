using Snowplow.Kql.Data;
using Snowplow.Warehouse.Extents.Texts;

namespace Snowplow.Warehouse.Extents.Columns;

/// <summary>
/// A column as versions before <see cref="TextGroupsColumn"/> wrote it, compressed in groups of whole blocks. The directory: count of groups, and for
/// each the count of its blocks, the counts of their strings that are not empty, and its <see cref="TextGroup"/>; then <see cref="Validity"/> of those.
/// </summary>
internal sealed unsafe class TextsColumn : StoredColumn
{
    private readonly KqlType _type;
    private readonly Validity _validity;
    private readonly Group[] _groups;
    private readonly (int Group, int First, int Count)[] _blocks;

    /// <summary>Reads the directory.</summary>
    /// <exception cref="InvalidDataException">It is none.</exception>
    public TextsColumn(KqlType type, ref DirectoryReader directory)
    {
        var start = 0L;
        _type = type;
        _groups = new Group[directory.Count(1 << 20)];
        var blocks = new List<(int Group, int First, int Count)>();
        for (var i = 0; i < _groups.Length; i++)
        {
            var first = 0;
            for (var left = directory.Count(1 << 20); left > 0; left--)
            {
                var count = directory.Count(1 << 20);
                blocks.Add((i, first, count));
                first += count;
            }

            _groups[i] = new Group(new TextGroup(ref directory, ref start), new PoolSlot());
        }

        _blocks = [.. blocks];
        _validity = new Validity(ref directory, ref start);
    }

    public override Column Read(byte* region, int block, int rows)
    {
        var (group, first, count) = _blocks[block];
        var texts = new StringColumn(Pool(region, _groups[group]), EntryCodes.Of(first, count, rows, _validity.Read(region, block, rows), _groups[group].Texts.Count));
        return _type == KqlType.Dynamic ? new DynamicColumn(texts) : texts;
    }

    // The empty string is the last of the pool, for the rows that have none.
    private static StringPool Pool(byte* region, Group group)
    {
        if (group.Slot.Pool is { } known) return known;
        lock (group.Slot)
        {
            if (group.Slot.Pool is { } read) return read;
            var pool = group.Texts.Read(region, isDistinct: false);
            PoolCache.Shared.Keep(group.Slot, pool);
            return pool;
        }
    }

    private sealed record Group(TextGroup Texts, PoolSlot Slot);
}
