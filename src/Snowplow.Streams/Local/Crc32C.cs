using System.Numerics;
using System.Runtime.InteropServices;

namespace Snowplow.Streams.Local;

/// <summary>CRC-32C (Castagnoli, as in iSCSI and ext4), by the processor's own instruction where it has one.</summary>
internal static class Crc32C
{
    /// <summary>The checksum of some bytes. Its value for the ASCII digits 1 to 9 is 0xE3069283.</summary>
    public static uint Of(ReadOnlySpan<byte> bytes) => ~Continue(uint.MaxValue, bytes);

    /// <summary>The checksum of some bytes after others whose checksum is <paramref name="before"/>.</summary>
    public static uint Of(uint before, ReadOnlySpan<byte> bytes) => ~Continue(~before, bytes);

    private static uint Continue(uint crc, ReadOnlySpan<byte> bytes)
    {
        // The instruction takes its operand in memory order on a little-endian machine, the only kind .NET 10 runs this on.
        var words = MemoryMarshal.Cast<byte, ulong>(bytes);
        foreach (var word in words) crc = BitOperations.Crc32C(crc, word);
        foreach (var single in bytes[(words.Length * sizeof(ulong))..]) crc = BitOperations.Crc32C(crc, single);
        return crc;
    }
}
