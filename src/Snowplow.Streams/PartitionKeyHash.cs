using System.Buffers;
using System.Text;

namespace Snowplow.Streams;

/// <summary>
/// Which partition a key belongs to: FNV-1a (64 bits) over the key's UTF-8, mixed by MurmurHash3's 64-bit finaliser
/// (FNV's low bits depend on the low bits of the input alone), modulo the number of partitions.
/// </summary>
/// <remarks>Records of a key must stay in one partition over restarts and versions: this function never changes.</remarks>
public static class PartitionKeyHash
{
    private const int StackBytes = 512;

    /// <summary>The partition of a key, 0 to <paramref name="partitionCount"/> − 1.</summary>
    /// <param name="key">Any text.</param>
    /// <param name="partitionCount">At least 1.</param>
    public static int Partition(string key, int partitionCount)
    {
        var size = Encoding.UTF8.GetMaxByteCount(key.Length);
        byte[]? rented = null;
        var utf8 = size <= StackBytes ? stackalloc byte[StackBytes] : rented = ArrayPool<byte>.Shared.Rent(size);
        var hash = Hash(utf8[..Encoding.UTF8.GetBytes(key, utf8)]);
        if (rented is not null) ArrayPool<byte>.Shared.Return(rented);
        return (int)(hash % (ulong)partitionCount);
    }

    private static ulong Hash(ReadOnlySpan<byte> utf8)
    {
        var hash = 0xcbf29ce484222325UL;
        foreach (var value in utf8) hash = (hash ^ value) * 0x100000001b3UL;
        hash = (hash ^ (hash >> 33)) * 0xff51afd7ed558ccdUL;
        hash = (hash ^ (hash >> 33)) * 0xc4ceb9fe1a85ec53UL;
        return hash ^ (hash >> 33);
    }
}
