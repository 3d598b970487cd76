using System.Buffers.Binary;
using System.Numerics;

namespace Snowplow.Model;

/// <summary>
/// A 64-bit hash that is the same in every process and version, since states keep its values: multiply and rotate over
/// 8-byte words, then the finaliser of MurmurHash3 (fmix64). Not for adversaries.
/// </summary>
internal static class Hash
{
    private const ulong Multiplier = 0x9E3779B97F4A7C15; // 2^64 / golden ratio, odd.

    public static ulong Of(ReadOnlySpan<byte> bytes, ulong seed = 0)
    {
        var hash = (seed ^ (ulong)bytes.Length) * Multiplier;
        while (bytes.Length >= 8)
        {
            hash = Step(hash, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
            bytes = bytes[8..];
        }

        ulong tail = 0;
        for (var i = 0; i < bytes.Length; i++) tail |= (ulong)bytes[i] << (8 * i);
        return Mix(Step(hash, tail));
    }

    public static UInt128 Of128(ReadOnlySpan<byte> bytes) => new(Of(bytes, seed: 1), Of(bytes, seed: 2));

    private static ulong Step(ulong hash, ulong word) => BitOperations.RotateLeft((hash ^ word) * Multiplier, 29);

    private static ulong Mix(ulong h)
    {
        h = (h ^ (h >> 33)) * 0xff51afd7ed558ccd;
        h = (h ^ (h >> 33)) * 0xc4ceb9fe1a85ec53;
        return h ^ (h >> 33);
    }
}
