namespace Snowplow.Warehouse.Extents.Texts;

/// <summary>
/// A Bloom filter of terms' hashes: eight bits for each that differs, four of them set. One in forty terms that are not there seems to be. On contexts of
/// events in groups of 256 KiB that is 1.9 bytes an event.
/// </summary>
internal static class TermFilter
{
    private const int Probes = 4;

    /// <summary>The filter of hashes that differ: a byte for each.</summary>
    public static byte[] Of(ReadOnlySpan<uint> hashes)
    {
        var filter = new byte[hashes.Length];
        foreach (var hash in hashes)
        {
            var mixed = Mixed(hash);
            for (var i = 0; i < Probes; i++)
            {
                var bit = Bit(mixed, i, filter.Length);
                filter[(int)(bit >> 3)] |= (byte)(1 << (int)(bit & 7));
            }
        }

        return filter;
    }

    /// <summary>Whether a term may be there; false is certain.</summary>
    public static bool MayHold(ReadOnlySpan<byte> filter, uint hash)
    {
        if (filter.IsEmpty) return false;
        var mixed = Mixed(hash);
        for (var i = 0; i < Probes; i++)
        {
            var bit = Bit(mixed, i, filter.Length);
            if ((filter[(int)(bit >> 3)] & (1 << (int)(bit & 7))) == 0) return false;
        }

        return true;
    }

    private static ulong Mixed(uint hash)
    {
        var mixed = hash * 0x9E3779B97F4A7C15UL;
        return (mixed ^ (mixed >> 32)) * 0xD6E8FEB86659FD93UL;
    }

    // The places are at equal steps, all of them by chance.
    private static long Bit(ulong mixed, int probe, int bytes) => (long)(((ulong)((uint)mixed + ((uint)probe * ((uint)(mixed >> 32) | 1))) * ((ulong)bytes * 8)) >> 32);
}
