using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Snowplow.Enrich.JsonSchema;

/// <summary>
/// Finds the index of a known name by its UTF-8 bytes: a fixed open-addressing table that hashes and compares the first and
/// last eight bytes and the length, which decides all names of up to 16 bytes without looking at them again.
/// </summary>
internal sealed class Utf8NameTable
{
    private readonly Slot[] _slots;
    private readonly int _shift;

    /// <summary>Makes a table of distinct names; a name's index is its place in the list.</summary>
    public Utf8NameTable(IReadOnlyList<byte[]> names)
    {
        var size = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(4, names.Count * 2));
        _slots = new Slot[size];
        _shift = 64 - BitOperations.Log2((uint)size);
        for (var index = 0; index < names.Count; index++)
        {
            var slot = new Slot(names[index], index);
            var at = Home(slot.Head, slot.Tail, names[index].Length);
            while (_slots[at].Name is not null)
                at = (at + 1) & (_slots.Length - 1);
            _slots[at] = slot;
        }
    }

    /// <summary>Index of the name, or -1.</summary>
    public int Find(ReadOnlySpan<byte> name)
    {
        var (head, tail) = Ends(name);
        for (var at = Home(head, tail, name.Length); ; at = (at + 1) & (_slots.Length - 1))
        {
            ref readonly var slot = ref _slots[at];
            if (slot.Name is null)
                return -1;
            if (slot.Head == head && slot.Tail == tail && slot.Name.Length == name.Length
                && (name.Length <= 16 || name.SequenceEqual(slot.Name)))
            {
                return slot.Index;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Home(ulong head, ulong tail, int length) =>
        (int)((((head * 0x9E3779B97F4A7C15UL) ^ BitOperations.RotateLeft(tail, 29) ^ (uint)length) * 0xD6E8FEB86659FD93UL) >> _shift);

    /// <summary>The first and the last eight bytes; for shorter names two overlapping parts that together hold every byte.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (ulong Head, ulong Tail) Ends(ReadOnlySpan<byte> name)
    {
        if (name.Length >= 8)
            return (BinaryPrimitives.ReadUInt64LittleEndian(name), BinaryPrimitives.ReadUInt64LittleEndian(name[^8..]));
        if (name.Length >= 4)
            return (BinaryPrimitives.ReadUInt32LittleEndian(name), BinaryPrimitives.ReadUInt32LittleEndian(name[^4..]));
        return name.Length switch
        {
            3 => ((ulong)(name[0] | (name[1] << 8) | (name[2] << 16)), 0),
            2 => ((ulong)(name[0] | (name[1] << 8)), 0),
            1 => (name[0], 0),
            _ => (0, 0),
        };
    }

    private readonly struct Slot
    {
        public Slot(byte[] name, int index)
        {
            (Head, Tail) = Ends(name);
            Name = name;
            Index = index;
        }

        public readonly ulong Head;
        public readonly ulong Tail;
        public readonly byte[]? Name;
        public readonly int Index;
    }
}
