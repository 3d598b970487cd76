using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Snowplow.Warehouse.Extents.Integers;

/// <summary>
/// Up to <see cref="Capacity"/> integers in the shortest of four forms. A head of twelve bytes (form, bits of an element, count of elements in two
/// bytes, base in eight), then
/// <code>
/// constant  nothing: all are the base
/// packed    elements: what is to be added to the base
/// delta     the element at each 256th place (8 bytes each), elements: what is to be added to the element before and the base
/// runs      count of runs (2 bytes), the last place of each run (packed), elements: what is to be added to the base in a run
/// </code>
/// </summary>
internal static class IntegerBlock
{
    /// <summary>The most integers of a block.</summary>
    public const int Capacity = 8192;

    private const int HeadSize = 12;
    private const int Step = 256;

    // What the forms that are slower to read must save.
    private const double Worthwhile = 0.85;

    private enum Form : byte
    {
        Constant,
        Packed,
        Delta,
        Runs,
    }

    /// <summary>Appends a block of at least one integer.</summary>
    public static void Write(RegionWriter region, ReadOnlySpan<long> values)
    {
        var facts = BlockFacts.Of(values);
        var packed = BitPacking.SizeOf(values.Length, facts.Width);
        var delta = BitPacking.SizeOf(values.Length, facts.DeltaWidth) + (8 * ((values.Length + Step - 1) / Step));
        var runs = 2 + BitPacking.SizeOf(facts.Runs, facts.Width) + BitPacking.SizeOf(facts.Runs, PlaceWidth(values.Length));
        if (facts.Width == 0) WriteHead(region, Form.Constant, 0, values.Length, facts.Least);
        else if (packed * Worthwhile <= Math.Min(delta, runs)) WritePacked(region, values, facts);
        else if (delta < runs) WriteDelta(region, values, facts);
        else WriteRuns(region, values, facts);
    }

    /// <summary>Number of integers.</summary>
    public static unsafe int Count(byte* block) => Unsafe.ReadUnaligned<ushort>(block + 2);

    /// <summary>One integer of a block.</summary>
    public static unsafe long Get(byte* block, int index)
    {
        var body = block + HeadSize;
        var (width, least) = ((int)block[1], Unsafe.ReadUnaligned<long>(block + 4));
        switch ((Form)block[0])
        {
            case Form.Constant: return least;
            case Form.Packed: return least + (long)BitPacking.Get(body, width, index);
            case Form.Delta:
                var first = index / Step * Step;
                var value = Unsafe.ReadUnaligned<long>(body + (index / Step * 8));
                var elements = body + DeltaHeads(Count(block));
                for (var i = first + 1; i <= index; i++) value += least + (long)BitPacking.Get(elements, width, i);
                return value;
            default:
                var (runs, placeWidth) = (Unsafe.ReadUnaligned<ushort>(body), PlaceWidth(Count(block)));
                var (low, high) = (0, runs - 1);
                while (low < high)
                {
                    var middle = (low + high) >> 1;
                    if ((int)BitPacking.Get(body + 2, placeWidth, middle) < index) low = middle + 1;
                    else high = middle;
                }

                return least + (long)BitPacking.Get(body + 2 + BitPacking.SizeOf(runs, placeWidth), width, low);
        }
    }

    /// <summary>All integers of a block as what they are of a scale; <paramref name="target"/> is as long as there are.</summary>
    public static unsafe void Read(byte* block, Span<long> target, IntegerScale scale)
    {
        var body = block + HeadSize;
        var (width, least) = ((int)block[1], Unsafe.ReadUnaligned<long>(block + 4));
        var (start, step) = (scale.Grow(least), scale.Divisor);
        switch ((Form)block[0])
        {
            case Form.Constant: target.Fill(start); break;
            case Form.Packed:
                BitPacking.Unpack(body, width, MemoryMarshal.Cast<long, ulong>(target));
                foreach (ref var value in target) value = start + (value * step);
                break;
            case Form.Delta:
                BitPacking.Unpack(body + DeltaHeads(target.Length), width, MemoryMarshal.Cast<long, ulong>(target));
                for (var first = 0; first < target.Length; first += Step)
                {
                    var part = target.Slice(first, Math.Min(Step, target.Length - first));
                    var value = scale.Grow(Unsafe.ReadUnaligned<long>(body + (first / Step * 8)));
                    part[0] = value;
                    for (var i = 1; i < part.Length; i++) part[i] = value += (part[i] + least) * step;
                }

                break;
            default:
                var (runs, placeWidth) = (Unsafe.ReadUnaligned<ushort>(body), PlaceWidth(target.Length));
                var elements = body + 2 + BitPacking.SizeOf(runs, placeWidth);
                var at = 0;
                for (var run = 0; run < runs; run++)
                {
                    var end = (int)BitPacking.Get(body + 2, placeWidth, run) + 1;
                    target[at..end].Fill(start + ((long)BitPacking.Get(elements, width, run) * step));
                    at = end;
                }

                break;
        }
    }

    /// <summary>All integers of a block that are ints.</summary>
    public static unsafe void Read(byte* block, Span<int> target)
    {
        var body = block + HeadSize;
        var (width, least) = ((int)block[1], (int)Unsafe.ReadUnaligned<long>(block + 4));
        switch ((Form)block[0])
        {
            case Form.Constant: target.Fill(least); break;
            case Form.Packed:
                BitPacking.Unpack(body, width, MemoryMarshal.Cast<int, uint>(target));
                if (least != 0)
                    foreach (ref var value in target) value += least;
                break;
            default:
                var all = GC.AllocateUninitializedArray<long>(target.Length);
                Read(block, all, IntegerScale.None);
                for (var i = 0; i < target.Length; i++) target[i] = (int)all[i];
                break;
        }
    }

    private static int DeltaHeads(int count) => (count + Step - 1) / Step * 8;

    private static int PlaceWidth(int count) => BitPacking.WidthOf((ulong)(count - 1));

    private static void WriteHead(RegionWriter region, Form form, int width, int count, long least)
    {
        Span<byte> head = [(byte)form, (byte)width, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
        BinaryPrimitives.WriteUInt16LittleEndian(head[2..], (ushort)count);
        BinaryPrimitives.WriteInt64LittleEndian(head[4..], least);
        region.Write(head);
    }

    private static void WriteElements(RegionWriter region, ReadOnlySpan<ulong> elements, int width)
    {
        var bytes = new byte[BitPacking.SizeOf(elements.Length, width)];
        BitPacking.Pack(elements, width, bytes);
        region.Write(bytes);
    }

    private static void WritePacked(RegionWriter region, ReadOnlySpan<long> values, BlockFacts facts)
    {
        var elements = new ulong[values.Length];
        for (var i = 0; i < elements.Length; i++) elements[i] = (ulong)(values[i] - facts.Least);
        WriteHead(region, Form.Packed, facts.Width, values.Length, facts.Least);
        WriteElements(region, elements, facts.Width);
    }

    private static void WriteDelta(RegionWriter region, ReadOnlySpan<long> values, BlockFacts facts)
    {
        var heads = new byte[DeltaHeads(values.Length)];
        var elements = new ulong[values.Length];
        for (var i = 0; i < elements.Length; i++)
        {
            if (i % Step == 0) BinaryPrimitives.WriteInt64LittleEndian(heads.AsSpan(i / Step * 8), values[i]);
            else elements[i] = (ulong)(values[i] - values[i - 1] - facts.LeastDelta);
        }

        WriteHead(region, Form.Delta, facts.DeltaWidth, values.Length, facts.LeastDelta);
        region.Write(heads);
        WriteElements(region, elements, facts.DeltaWidth);
    }

    private static void WriteRuns(RegionWriter region, ReadOnlySpan<long> values, BlockFacts facts)
    {
        var ends = new ulong[facts.Runs];
        var elements = new ulong[facts.Runs];
        var run = 0;
        for (var i = 0; i < values.Length; i++)
        {
            if (i + 1 < values.Length && values[i + 1] == values[i]) continue;
            ends[run] = (ulong)i;
            elements[run++] = (ulong)(values[i] - facts.Least);
        }

        WriteHead(region, Form.Runs, facts.Width, values.Length, facts.Least);
        Span<byte> count = stackalloc byte[2];
        BinaryPrimitives.WriteUInt16LittleEndian(count, (ushort)facts.Runs);
        region.Write(count);
        WriteElements(region, ends, PlaceWidth(values.Length));
        WriteElements(region, elements, facts.Width);
    }
}
