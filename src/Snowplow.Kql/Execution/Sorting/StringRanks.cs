using System.Buffers.Binary;
using Snowplow.Kql.Data;

namespace Snowplow.Kql.Execution.Sorting;

/// <summary>Puts the strings of a column in order, byte by byte.</summary>
internal static class StringRanks
{
    /// <summary>For each string of the pool that the column has its place among them, equal ones the same; and the number of places.</summary>
    public static (int[] Ranks, int Count) Of(StringColumn strings, QueryContext context)
    {
        var pool = strings.Pool;
        var used = new bool[pool.Count];
        foreach (var code in strings.Codes) used[code] = true;
        var codes = Enumerable.Range(0, pool.Count).Where(code => used[code]).ToArray();
        var order = WordSort<Words>.Sort(new Words(pool, codes), codes.Length, context);
        var ranks = new int[pool.Count];
        var rank = -1;
        for (var i = 0; i < order.Length; i++)
        {
            var code = codes[order[i]];
            if (i == 0 || pool.IsDistinct || !pool[code].SequenceEqual(pool[codes[order[i - 1]]])) rank++;
            ranks[code] = rank;
        }

        return (ranks, rank + 1);
    }

    /// <summary>Eight bytes a word behind what all strings begin with, zeros behind the end; of those that are equal so, the shorter is less.</summary>
    private readonly struct Words : ISortWords
    {
        private const int Length = int.MaxValue;

        private readonly StringPool _pool;
        private readonly int[] _codes;
        private readonly int _common;

        public Words(StringPool pool, int[] codes)
        {
            _pool = pool;
            _codes = codes;
            _common = codes.Length == 0 ? 0 : pool[codes[0]].Length;
            foreach (var code in codes) _common = Math.Min(_common, pool[codes[0]].CommonPrefixLength(pool[code]));
        }

        public void Read(int word, ReadOnlySpan<int> items, Span<ulong> words)
        {
            for (var i = 0; i < items.Length; i++)
            {
                var text = _pool[_codes[items[i]]];
                words[i] = word == Length ? (ulong)text.Length : Eight(text[Math.Min(text.Length, _common + (8 * word))..]);
            }
        }

        public int Next(int word, ReadOnlySpan<int> items)
        {
            if (word == Length) return -1;
            foreach (var item in items)
                if (_pool[_codes[item]].Length > _common + (8 * (word + 1))) return word + 1;
            return Length;
        }

        private static ulong Eight(ReadOnlySpan<byte> text)
        {
            if (text.Length >= 8) return BinaryPrimitives.ReadUInt64BigEndian(text);
            var word = 0UL;
            for (var i = 0; i < text.Length; i++) word |= (ulong)text[i] << (56 - (8 * i));
            return word;
        }
    }
}
