using System.Numerics;

namespace Snowplow.Kql.Execution.Sorting;

/// <summary>
/// Stable sort of the items 0, 1, 2, … by their words, on all threads. Many items are cut by the highest bits in which they differ into buckets, which
/// threads put in order one by one; of a run that is equal in a word the next word is read. Beside the items their keys of the moment are kept, and no more.
/// </summary>
internal sealed class WordSort<TWords>
    where TWords : ISortWords
{
    // So many are put in order by one thread as fast as they are cut into buckets.
    private const int Many = 1 << 16;
    private const int BucketBits = 11;
    private const int BlockItems = 2048;
    private const int GroupsPerWorker = 8;

    private readonly TWords _words;
    private readonly QueryContext _context;
    private readonly int[] _items;
    private readonly ulong[] _keys;

    private WordSort(TWords words, int count, QueryContext context)
    {
        _words = words;
        _context = context;
        _items = GC.AllocateUninitializedArray<int>(count);
        _keys = GC.AllocateUninitializedArray<ulong>(count);
    }

    private delegate void BlockReader(ReadOnlySpan<int> items, ReadOnlySpan<ulong> keys);

    /// <summary>The items in order.</summary>
    public static int[] Sort(TWords words, int count, QueryContext context)
    {
        var bytes = 12L * count;
        context.Reserve(bytes);
        var sort = new WordSort<TWords>(words, count, context);
        if (count >= Many)
        {
            sort.SortMany(0, count, 0, null);
        }
        else
        {
            for (var i = 0; i < count; i++) sort._items[i] = i;
            sort.SortFew(0, count, 0, new RadixSort());
        }

        context.Release(bytes);
        return sort._items;
    }

    // Of what lies behind a start, which is a run equal in all words before, or everything, which is not numbered yet.
    private void SortMany(int start, int count, int word, int[]? run)
    {
        _context.Cancellation.ThrowIfCancellationRequested();
        var chunks = Math.Max(1, Math.Min(_context.Workers, count / BlockItems));
        var (least, greatest) = Bounds(chunks, count, word, run);
        if (least == greatest)
        {
            run ??= Enumerable.Range(0, count).ToArray();
            if (_words.Next(word, run) is >= 0 and var next) SortMany(start, count, next, run);
            else run.CopyTo(_items, start);
            return;
        }

        var ends = Cut(chunks, start, count, word, run, least, Math.Max(0, 64 - BitOperations.LeadingZeroCount(greatest - least) - BucketBits));
        run = null;
        var groups = GroupsPerWorker * _context.Workers;
        Parts.InParallel(groups, _context, group =>
        {
            _context.Cancellation.ThrowIfCancellationRequested();
            var radix = new RadixSort();
            for (var bucket = 0; bucket < ends.Length; bucket++)
            {
                var first = bucket == 0 ? 0 : ends[bucket - 1];
                if ((int)((long)first * groups / count) == group && ends[bucket] - first < Many) SortKeyed(start + first, ends[bucket] - first, word, radix);
            }
        });
        for (var bucket = 0; bucket < ends.Length; bucket++)
        {
            var first = start + (bucket == 0 ? 0 : ends[bucket - 1]);
            var end = start + ends[bucket];
            if (end - first >= Many) SortMany(first, end - first, word, _items[first..end]);
        }
    }

    private (ulong Least, ulong Greatest) Bounds(int chunks, int count, int word, int[]? run)
    {
        var (least, greatest) = (new ulong[chunks], new ulong[chunks]);
        Parts.InParallel(chunks, _context, chunk =>
        {
            var (low, high) = (ulong.MaxValue, ulong.MinValue);
            Read(chunk, chunks, count, word, run, (_, keys) =>
            {
                foreach (var key in keys)
                {
                    low = Math.Min(low, key);
                    high = Math.Max(high, key);
                }
            });
            (least[chunk], greatest[chunk]) = (low, high);
        });
        return (least.Min(), greatest.Max());
    }

    // Puts items and keys into buckets, and gives the end of each: those of a bucket stay in their order, since each chunk has its places there.
    private int[] Cut(int chunks, int start, int count, int word, int[]? run, ulong least, int shift)
    {
        var places = new int[chunks][];
        Parts.InParallel(chunks, _context, chunk =>
        {
            var counts = places[chunk] = new int[1 << BucketBits];
            Read(chunk, chunks, count, word, run, (_, keys) =>
            {
                foreach (var key in keys) counts[(int)((key - least) >> shift)]++;
            });
        });
        var ends = new int[1 << BucketBits];
        var at = 0;
        for (var bucket = 0; bucket < ends.Length; bucket++)
        {
            foreach (var counts in places) (counts[bucket], at) = (at, at + counts[bucket]);
            ends[bucket] = at;
        }

        Parts.InParallel(chunks, _context, chunk =>
        {
            var next = places[chunk];
            Read(chunk, chunks, count, word, run, (items, keys) =>
            {
                for (var i = 0; i < keys.Length; i++)
                {
                    var place = start + next[(int)((keys[i] - least) >> shift)]++;
                    _keys[place] = keys[i];
                    _items[place] = items[i];
                }
            });
        });
        return ends;
    }

    private void Read(int chunk, int chunks, int count, int word, int[]? run, BlockReader read)
    {
        Span<int> numbers = stackalloc int[BlockItems];
        Span<ulong> keys = stackalloc ulong[BlockItems];
        var end = (int)((long)count * (chunk + 1) / chunks);
        for (var at = (int)((long)count * chunk / chunks); at < end; at += BlockItems)
        {
            var block = Math.Min(BlockItems, end - at);
            for (var i = 0; run is null && i < block; i++) numbers[i] = at + i;
            var items = run is null ? numbers[..block] : run.AsSpan(at, block);
            _words.Read(word, items, keys[..block]);
            read(items, keys[..block]);
        }
    }

    private void SortFew(int start, int count, int word, RadixSort radix)
    {
        _words.Read(word, _items.AsSpan(start, count), _keys.AsSpan(start, count));
        SortKeyed(start, count, word, radix);
    }

    private void SortKeyed(int start, int count, int word, RadixSort radix)
    {
        if (count < 2) return;
        radix.Sort(_keys.AsSpan(start, count), _items.AsSpan(start, count));
        if (_words.Next(word, _items.AsSpan(start, count)) < 0) return;
        var end = start + count;
        for (int first = start, behind; first < end; first = behind)
        {
            for (behind = first + 1; behind < end && _keys[behind] == _keys[first];) behind++;
            if (behind - first > 1 && _words.Next(word, _items.AsSpan(first, behind - first)) is >= 0 and var next) SortFew(first, behind - first, next, radix);
        }
    }
}
