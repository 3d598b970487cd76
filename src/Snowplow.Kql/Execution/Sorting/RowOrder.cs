using Snowplow.Kql.Data;

namespace Snowplow.Kql.Execution.Sorting;

/// <summary>Finds the order of rows: every key becomes numbers of as few bits as its values need, and as many of them as there is room for share a word.</summary>
internal static class RowOrder
{
    /// <summary>The rows in order; rows with equal keys stay in the order of the input.</summary>
    public static int[] Of(IReadOnlyList<Column> columns, IReadOnlyList<SortKey> keys, int rows, QueryContext context)
    {
        List<SortField> fields = [.. columns.SelectMany((column, i) => SortField.Of(column, keys[i], rows, context))];
        return fields.Count == 0 ? [.. Enumerable.Range(0, rows)] : WordSort<Words>.Sort(new Words(fields), rows, context);
    }

    private readonly struct Words : ISortWords
    {
        // For each word its fields, and how far up they stand.
        private readonly List<List<(FieldReader Read, int Shift)>> _words = [];

        public Words(List<SortField> fields)
        {
            for (var i = 0; i < fields.Count;)
            {
                var (end, bits) = (i, 0);
                while (end < fields.Count && bits + fields[end].Bits <= 64) bits += fields[end++].Bits;
                var word = new List<(FieldReader, int)>();
                for (; i < end; i++) word.Add((fields[i].Read, bits -= fields[i].Bits));
                _words.Add(word);
            }
        }

        public void Read(int word, ReadOnlySpan<int> items, Span<ulong> words)
        {
            words.Clear();
            foreach (var (read, shift) in _words[word]) read(items, words, shift);
        }

        public int Next(int word, ReadOnlySpan<int> items) => word + 1 < _words.Count ? word + 1 : -1;
    }
}
