using System.Numerics;

namespace Snowplow.Kql.Execution.Grouping;

/// <summary>
/// Joins what threads have numbered, each for its part of the rows: every key once, in the order of the parts and of their numbers. Keys go by their
/// hashes into partitions, and each partition is joined by one thread, so that all are at work and what one of them looks through is small.
/// </summary>
internal sealed class KeyUnion
{
    // So few are joined sooner than they are partitioned.
    private const int Few = 1 << 14;
    private const int PartitionsPerWorker = 16;
    private const int BytesPerKey = 40;

    // For each part where its keys begin among the keys of all.
    private readonly int[] _starts;

    // For each of all keys: before it is numbered 0 where it is new, else the complement of where the same key of an earlier part is.
    private readonly int[] _numbers;

    private KeyUnion(int[] counts)
    {
        _starts = new int[counts.Length + 1];
        for (var part = 0; part < counts.Length; part++) _starts[part + 1] = checked(_starts[part] + counts[part]);
        _numbers = new int[_starts[^1]];
        Places = new int[counts.Length][];
        Firsts = new int[counts.Length];
    }

    /// <summary>Number of different keys.</summary>
    public int Count { get; private set; }

    /// <summary>For each part the numbers of its keys in the union.</summary>
    public int[][] Places { get; }

    /// <summary>For each part how many keys the parts before have: its keys from this number on are new, and in their order.</summary>
    public int[] Firsts { get; }

    /// <summary>The union of keys of parts.</summary>
    public static KeyUnion Of<TKeys>(TKeys keys, QueryContext context)
        where TKeys : IPartKeys
    {
        var counts = new int[keys.PartCount];
        for (var part = 0; part < counts.Length; part++) counts[part] = keys.Count(part);
        var union = new KeyUnion(counts);
        var bytes = (long)BytesPerKey * union._numbers.Length;
        context.Reserve(bytes);
        var bits = union._numbers.Length < Few ? 0 : BitOperations.Log2(BitOperations.RoundUpToPowerOf2((uint)(PartitionsPerWorker * context.Workers)));
        var parts = new Partitioned[counts.Length];
        Parts.InParallel(parts.Length, context, part => parts[part] = Partitioned.Of(keys, part, bits));
        Parts.InParallel(1 << bits, context, partition => union.Join(keys, parts, partition));
        union.Number(context);
        context.Release(bytes);
        return union;
    }

    private void Join<TKeys>(TKeys keys, Partitioned[] parts, int partition)
        where TKeys : IPartKeys
    {
        var count = 0;
        foreach (var part in parts) count += part.Ends[partition + 1] - part.Ends[partition];
        var slots = new Slot[BitOperations.RoundUpToPowerOf2((uint)Math.Max(2, 2 * count))];
        var mask = slots.Length - 1;
        for (var part = 0; part < parts.Length; part++)
        {
            var (numbers, hashes) = (parts[part].Numbers, parts[part].Hashes);
            for (var i = parts[part].Ends[partition]; i < parts[part].Ends[partition + 1]; i++)
            {
                var place = (int)hashes[i] & mask;
                while (slots[place].Next != 0 && !(slots[place].Hash == hashes[i] && AreSame(keys, slots[place].Next - 1, part, numbers[i]))) place = (place + 1) & mask;
                if (slots[place].Next == 0) slots[place] = new Slot(hashes[i], _starts[part] + numbers[i] + 1);
                else _numbers[_starts[part] + numbers[i]] = ~(slots[place].Next - 1);
            }
        }
    }

    // A part's own keys all differ.
    private bool AreSame<TKeys>(TKeys keys, int place, int part, int key)
        where TKeys : IPartKeys
    {
        if (place >= _starts[part]) return false;
        var other = 0;
        while (place >= _starts[other + 1]) other++;
        return keys.AreSame(other, place - _starts[other], part, key);
    }

    private void Number(QueryContext context)
    {
        for (var part = 0; part < Places.Length; part++)
        {
            Firsts[part] = Count;
            foreach (ref var number in _numbers.AsSpan(_starts[part].._starts[part + 1]))
                if (number == 0) number = Count++;
        }

        Parts.InParallel(Places.Length, context, part =>
        {
            var places = Places[part] = _numbers[_starts[part].._starts[part + 1]];
            foreach (ref var place in places.AsSpan())
                if (place < 0) place = _numbers[~place];
        });
    }

    /// <param name="Hash">The hash of a key.</param>
    /// <param name="Next">Its place among the keys of all and one; 0 where there is none.</param>
    private readonly record struct Slot(uint Hash, int Next);

    /// <summary>The keys of a part by partition, in the order of their numbers within each.</summary>
    private sealed record Partitioned(int[] Numbers, uint[] Hashes, int[] Ends)
    {
        public static Partitioned Of<TKeys>(TKeys keys, int part, int bits)
            where TKeys : IPartKeys
        {
            var hashes = new uint[keys.Count(part)];
            keys.Hash(part, hashes);
            var ends = new int[(1 << bits) + 1];
            var numbers = new int[hashes.Length];
            if (bits == 0)
            {
                for (var i = 0; i < numbers.Length; i++) numbers[i] = i;
                ends[1] = numbers.Length;
                return new Partitioned(numbers, hashes, ends);
            }

            foreach (var hash in hashes) ends[(int)(hash >> (32 - bits)) + 1]++;
            for (var i = 1; i < ends.Length; i++) ends[i] += ends[i - 1];
            var next = ends[..^1];
            var ordered = new uint[hashes.Length];
            for (var i = 0; i < hashes.Length; i++)
            {
                var place = next[(int)(hashes[i] >> (32 - bits))]++;
                ordered[place] = hashes[i];
                numbers[place] = i;
            }

            return new Partitioned(numbers, ordered, ends);
        }
    }
}
