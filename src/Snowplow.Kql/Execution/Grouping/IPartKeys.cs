using Snowplow.Kql.Data;

namespace Snowplow.Kql.Execution.Grouping;

/// <summary>Keys of parts, each of which has numbered its own: 0, 1, 2, …, none twice.</summary>
internal interface IPartKeys
{
    int PartCount { get; }

    /// <summary>Number of a part's keys.</summary>
    int Count(int part);

    /// <summary>The hashes of a part's keys in the order of their numbers: equal keys have equal ones, and all bits are about as good.</summary>
    void Hash(int part, Span<uint> hashes);

    /// <summary>Whether keys with one hash are equal.</summary>
    bool AreSame(int part, int key, int otherPart, int otherKey);
}

/// <summary>Keys of 64 bits.</summary>
/// <param name="parts">For each part its keys.</param>
/// <param name="nulls">For each part the number of its key that is null, beside the others; -1 for none.</param>
internal readonly struct Int64Keys(ReadOnlyMemory<long>[] parts, int[] nulls) : IPartKeys
{
    public int PartCount => parts.Length;

    public int Count(int part) => parts[part].Length + (nulls[part] < 0 ? 0 : 1);

    public void Hash(int part, Span<uint> hashes)
    {
        var keys = parts[part].Span;
        var at = 0;
        for (var i = 0; i < hashes.Length; i++) hashes[i] = i == nulls[part] ? 0 : Mix((ulong)keys[at++]);
    }

    public bool AreSame(int part, int key, int otherPart, int otherKey) => key == nulls[part] || otherKey == nulls[otherPart]
        ? key == nulls[part] && otherKey == nulls[otherPart]
        : Key(part, key) == Key(otherPart, otherKey);

    private long Key(int part, int key) => parts[part].Span[nulls[part] >= 0 && key > nulls[part] ? key - 1 : key];

    // The finalizer of MurmurHash3, but for its last step.
    private static uint Mix(ulong x)
    {
        x = (x ^ (x >> 33)) * 0xFF51AFD7ED558CCD;
        x = (x ^ (x >> 33)) * 0xC4CEB9FE1A85EC53;
        return (uint)(x >> 32);
    }
}

/// <summary>Keys that are strings.</summary>
/// <param name="parts">For each part its strings.</param>
internal readonly struct StringKeys(StringInterner[] parts) : IPartKeys
{
    public int PartCount => parts.Length;

    public int Count(int part) => parts[part].Count;

    public void Hash(int part, Span<uint> hashes) => parts[part].Hashes.CopyTo(hashes);

    public bool AreSame(int part, int key, int otherPart, int otherKey) => parts[part][key].SequenceEqual(parts[otherPart][otherKey]);
}
