using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Snowplow.Warehouse.Extents.Integers;

/// <summary>
/// Unsigned integers of a fixed number of bits one after the other, the first in the lowest bits of the first byte. Eight of them take as many whole
/// bytes as one takes bits. Reading may look at up to <see cref="Slack"/> bytes behind the last one.
/// </summary>
internal static class BitPacking
{
    /// <summary>Bytes that must be there to be read behind packed ones.</summary>
    public const int Slack = 32;

    private const int VectorBits = 25;

    // For each width the bytes that eight values lie in, four values for each half of a vector, and how far each is to be shifted.
    private static readonly Vector256<byte>[] Bytes = [.. Enumerable.Range(0, VectorBits + 1).Select(BytesOf)];
    private static readonly Vector256<uint>[] Shifts = [.. Enumerable.Range(0, VectorBits + 1).Select(ShiftsOf)];

    /// <summary>Bytes that so many values of a width take.</summary>
    public static int SizeOf(int count, int width) => (int)((((long)count * width) + 7) >> 3);

    /// <summary>Bits that a value takes.</summary>
    public static int WidthOf(ulong greatest) => 64 - BitOperations.LeadingZeroCount(greatest);

    /// <summary>Packs the low bits of values; <paramref name="target"/> has <see cref="SizeOf"/> bytes.</summary>
    public static void Pack(ReadOnlySpan<ulong> values, int width, Span<byte> target)
    {
        var (pending, bits, at) = (0UL, 0, 0);
        foreach (var value in values)
        {
            pending |= value << bits;
            bits += width;
            if (bits < 64) continue;
            BinaryPrimitives.WriteUInt64LittleEndian(target[at..], pending);
            at += 8;
            bits -= 64;
            // A shift by 64 would be one by nothing.
            pending = bits == 0 ? 0 : value >> (width - bits);
        }

        for (; at < target.Length; at++, pending >>= 8) target[at] = (byte)pending;
    }

    /// <summary>One value.</summary>
    public static unsafe ulong Get(byte* packed, int width, int index)
    {
        if (width == 0) return 0;
        var bit = (long)index * width;
        var source = packed + (bit >> 3);
        var shift = (int)bit & 7;
        var value = Unsafe.ReadUnaligned<ulong>(source) >> shift;
        if (shift + width > 64) value |= (ulong)source[8] << (64 - shift);
        return value & (ulong.MaxValue >> (64 - width));
    }

    /// <summary>Unpacks values of at most 32 bits from the first on.</summary>
    public static unsafe void Unpack(byte* packed, int width, Span<uint> target)
    {
        if (width == 0)
        {
            target.Clear();
            return;
        }

        var i = 0;
        if (width <= VectorBits && Avx2.IsSupported)
        {
            var mask = Vector256.Create((1u << width) - 1);
            var source = packed;
            ref var destination = ref MemoryMarshal.GetReference(target);
            for (; i + 8 <= target.Length; i += 8, source += width) Eight(source, width, mask).StoreUnsafe(ref destination, (nuint)i);
        }

        for (; i < target.Length; i++) target[i] = (uint)Get(packed, width, i);
    }

    /// <summary>Unpacks values from the first on.</summary>
    public static unsafe void Unpack(byte* packed, int width, Span<ulong> target)
    {
        if (width > 57 || width == 0)
        {
            for (var i = 0; i < target.Length; i++) target[i] = Get(packed, width, i);
            return;
        }

        var done = 0;
        if (width <= VectorBits && Avx2.IsSupported)
        {
            var narrow = Vector256.Create((1u << width) - 1);
            var source = packed;
            ref var destination = ref MemoryMarshal.GetReference(target);
            for (; done + 8 <= target.Length; done += 8, source += width)
            {
                var (lower, upper) = Vector256.Widen(Eight(source, width, narrow));
                lower.StoreUnsafe(ref destination, (nuint)done);
                upper.StoreUnsafe(ref destination, (nuint)done + 4);
            }
        }

        var mask = ulong.MaxValue >> (64 - width);
        var bit = (long)done * width;
        foreach (ref var value in target[done..])
        {
            value = (Unsafe.ReadUnaligned<ulong>(packed + (bit >> 3)) >> ((int)bit & 7)) & mask;
            bit += width;
        }
    }

    // Eight values; the upper four begin in the byte of half the width.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe Vector256<uint> Eight(byte* source, int width, Vector256<uint> mask)
    {
        var loaded = Vector256.Create(Vector128.Load(source), Vector128.Load(source + (width >> 1)));
        return Avx2.ShiftRightLogicalVariable(Avx2.Shuffle(loaded, Bytes[width]).AsUInt32(), Shifts[width]) & mask;
    }

    private static Vector256<byte> BytesOf(int width)
    {
        var bytes = new byte[32];
        for (var i = 0; i < 8; i++)
            for (var j = 0; j < 4; j++) bytes[(4 * i) + j] = (byte)((BitOf(i, width) >> 3) + j);
        return Vector256.Create(bytes);
    }

    private static Vector256<uint> ShiftsOf(int width) => Vector256.Create([.. Enumerable.Range(0, 8).Select(i => (uint)BitOf(i, width) & 7)]);

    // Where a value begins within its half's load.
    private static int BitOf(int i, int width) => i < 4 ? i * width : (i * width) - ((width >> 1) << 3);
}
