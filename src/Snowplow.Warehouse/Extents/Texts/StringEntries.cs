using System.Buffers;
using Snowplow.Kql.Data;
using Snowplow.Warehouse.Extents.Columns;

namespace Snowplow.Warehouse.Extents.Texts;

/// <summary>
/// What a pass over the strings of a column found. Empty strings are left out. Where most strings differ, or all of them are too much for memory, the pass
/// ends early, and the column has no dictionary.
/// </summary>
internal sealed class StringEntries : IDisposable
{
    // So many are looked at before it is decided that most differ.
    private const int Sample = 1 << 15;
    private const int LargestDictionary = 64 << 20;

    private StringEntries(Entries<int>? codes, StringPool dictionary, bool areUuids)
    {
        Codes = codes;
        Dictionary = dictionary;
        AreUuids = areUuids;
    }

    /// <summary>For each string that is not empty its place in the dictionary; null where there is none.</summary>
    public Entries<int>? Codes { get; }

    /// <summary>The strings by their first appearance, as long as the interner is not used again.</summary>
    public StringPool Dictionary { get; }

    /// <summary>Whether all strings that were looked at are uuids.</summary>
    public bool AreUuids { get; }

    /// <summary>Looks at the parts of a column.</summary>
    /// <param name="parts">The parts.</param>
    /// <param name="rowCount">How many rows they have together.</param>
    /// <param name="interner">Where the strings are kept; what it held is forgotten.</param>
    public static StringEntries Of(IEnumerable<StringColumn> parts, int rowCount, StringInterner interner)
    {
        interner.Clear();
        var codes = ArrayPool<int>.Shared.Rent(rowCount);
        var starts = new int[((rowCount + Batch.Size - 1) / Batch.Size) + 1];
        var valid = new ulong[(rowCount + 63) / 64];
        var (row, count) = (0, 0);
        var areUuids = true;
        foreach (var part in parts)
        {
            if (row + part.Length > rowCount) throw new ArgumentException($"The parts have more than {rowCount} rows.", nameof(parts));
            var map = interner.Map(part.Pool);
            for (var i = 0; i < part.Length; i++, row++)
            {
                if (row % Batch.Size == 0) starts[row / Batch.Size] = count;
                var code = part.Code(i);
                if (part.Pool[code].IsEmpty) continue;
                valid[row >> 6] |= 1UL << (row & 63);
                var known = interner.Count;
                codes[count++] = interner.Code(part.Pool, map, code);
                if (interner.Count > known) areUuids = areUuids && UuidText.TryParse(interner[known], out _);
            }

            if (!MostDiffer(interner, count) || (count < Sample && row < rowCount)) continue;
            ArrayPool<int>.Shared.Return(codes);
            return new StringEntries(null, StringPool.Empty, areUuids);
        }

        if (row != rowCount) throw new ArgumentException($"The parts have {row} rows, not {rowCount}.", nameof(parts));
        starts[^1] = count;
        return new StringEntries(new Entries<int>(codes, starts, count == rowCount ? null : valid, rowCount), interner.Share(interner.Count), areUuids);
    }

    /// <inheritdoc/>
    public void Dispose() => Codes?.Dispose();

    private static bool MostDiffer(StringInterner interner, int count) => interner.Count > 1 && (interner.Count > count / 2 || interner.TextBytes > LargestDictionary);
}
