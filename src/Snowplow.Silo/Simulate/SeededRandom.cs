namespace Snowplow.Silo.Simulate;

/// <summary>
/// SplitMix64: a seeded stream of random numbers that is the same on every machine and runtime, which
/// <see cref="Random"/> does not promise. Each visitor owns one, so that what one does never shifts what another does.
/// </summary>
internal struct SeededRandom(ulong seed)
{
    private ulong _state = seed;

    /// <summary>A stream for item <paramref name="index"/> of the simulation with that seed.</summary>
    public static SeededRandom For(int seed, int index)
    {
        var random = new SeededRandom(((ulong)(uint)seed << 32) | (uint)index);
        return new SeededRandom(random.NextBits());
    }

    /// <summary>64 random bits.</summary>
    public ulong NextBits()
    {
        var z = _state += 0x9E3779B97F4A7C15UL;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }

    /// <summary>A whole number from 0 up to, not including, <paramref name="limit"/>.</summary>
    public int Next(int limit) => (int)Math.BigMul(NextBits(), (ulong)limit, out _);

    /// <summary>A whole number from <paramref name="from"/> up to, not including, <paramref name="to"/>.</summary>
    public int Next(int from, int to) => from + Next(to - from);

    /// <summary>A number from 0 up to, not including, 1.</summary>
    public double NextDouble() => (NextBits() >> 11) * (1.0 / (1UL << 53));

    /// <summary>True with the probability given.</summary>
    public bool Chance(double probability) => NextDouble() < probability;

    /// <summary>An exponentially distributed number with the mean given: the gap between independent happenings.</summary>
    public double NextExponential(double mean) => -mean * Math.Log(1 - NextDouble());

    /// <summary>One of the items, all equally likely.</summary>
    public T Pick<T>(ReadOnlySpan<T> items) => items[Next(items.Length)];

    /// <summary>A random (version 4) UUID.</summary>
    public Guid NextGuid()
    {
        Span<byte> bytes = stackalloc byte[16];
        BitConverter.TryWriteBytes(bytes, NextBits());
        BitConverter.TryWriteBytes(bytes[8..], NextBits());
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }
}
