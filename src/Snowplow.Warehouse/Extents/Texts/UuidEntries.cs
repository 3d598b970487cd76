using System.Buffers;
using Snowplow.Kql.Data;
using Snowplow.Warehouse.Extents.Columns;

namespace Snowplow.Warehouse.Extents.Texts;

/// <summary>Strings as uuids.</summary>
internal static class UuidEntries
{
    /// <summary>The uuids of a column, without the empty strings; null where another string is none.</summary>
    public static Entries<UInt128>? Of(IEnumerable<StringColumn> parts, int rowCount)
    {
        var uuids = ArrayPool<UInt128>.Shared.Rent(rowCount);
        var starts = new int[((rowCount + Batch.Size - 1) / Batch.Size) + 1];
        var valid = new ulong[(rowCount + 63) / 64];
        var (row, count) = (0, 0);
        foreach (var part in parts)
        {
            if (row + part.Length > rowCount) throw new ArgumentException($"The parts have more than {rowCount} rows.", nameof(parts));
            for (var i = 0; i < part.Length; i++, row++)
            {
                if (row % Batch.Size == 0) starts[row / Batch.Size] = count;
                var text = part.Utf8(i);
                if (text.IsEmpty) continue;
                if (!UuidText.TryParse(text, out uuids[count]))
                {
                    ArrayPool<UInt128>.Shared.Return(uuids);
                    return null;
                }

                count++;
                valid[row >> 6] |= 1UL << (row & 63);
            }
        }

        if (row != rowCount) throw new ArgumentException($"The parts have {row} rows, not {rowCount}.", nameof(parts));
        starts[^1] = count;
        return new Entries<UInt128>(uuids, starts, count == rowCount ? null : valid, rowCount);
    }
}
