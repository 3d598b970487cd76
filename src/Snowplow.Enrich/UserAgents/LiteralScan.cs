using System.Numerics;
using System.Runtime.InteropServices;

namespace Snowplow.Enrich.UserAgents;

/// <summary>
/// Finds in one pass which of many literals occur in a text (Aho and Corasick, 1975), as one table: a row for each prefix of a
/// literal, a column for each character that occurs in literals and one for all others. Immutable.
/// </summary>
internal sealed class LiteralScan
{
    private readonly byte[] _columns = new byte[256];
    private readonly int _shift;
    private readonly int[] _next;
    private readonly int[][] _found;

    /// <summary>Builds the table.</summary>
    /// <param name="literals">The literals, of ASCII, in lower case; each with the marks to give where it occurs.</param>
    public LiteralScan(IReadOnlyDictionary<string, List<int>> literals)
    {
        var columns = 0;
        foreach (var character in literals.Keys.SelectMany(literal => literal).Distinct()) _columns[character] = (byte)++columns;
        // A power of two, so that a row is found without multiplying.
        _shift = BitOperations.Log2((uint)columns) + 1;
        var rows = new List<int>();
        var found = new List<List<int>>();
        AddRow();
        foreach (var (literal, marks) in literals)
        {
            var row = 0;
            foreach (var character in literal)
            {
                ref var next = ref CollectionsMarshal.AsSpan(rows)[(row << _shift) + _columns[character]];
                if (next == 0) next = found.Count;
                row = next;
                if (row == found.Count) AddRow();
            }

            found[row].AddRange(marks);
        }

        _next = [.. rows];
        LinkSuffixes(found);
        _found = [.. found.Select(marks => marks.Distinct().ToArray())];

        void AddRow()
        {
            rows.AddRange(new int[1 << _shift]);
            found.Add([]);
        }
    }

    /// <summary>Sets the bits of the marks of all literals that occur.</summary>
    /// <param name="text">The text in lower case.</param>
    /// <param name="marks">Receives the bits.</param>
    public void Mark(ReadOnlySpan<byte> text, Span<ulong> marks)
    {
        var next = _next;
        var row = 0;
        foreach (var symbol in text)
        {
            row = next[(row << _shift) + _columns[symbol]];
            foreach (var mark in _found[row]) marks[mark >> 6] |= 1UL << (mark & 63);
        }
    }

    // In the order of their length: each row takes over what its longest proper suffix finds, and where that goes on.
    private void LinkSuffixes(List<List<int>> found)
    {
        var suffixes = new int[found.Count];
        var queue = new Queue<int>();
        queue.Enqueue(0);
        while (queue.TryDequeue(out var row))
        {
            for (var column = 0; column < 1 << _shift; column++)
            {
                ref var next = ref _next[(row << _shift) + column];
                var beyond = row == 0 ? 0 : _next[(suffixes[row] << _shift) + column];
                if (next == 0)
                {
                    next = beyond;
                    continue;
                }

                suffixes[next] = beyond;
                found[next].AddRange(found[beyond]);
                queue.Enqueue(next);
            }
        }
    }
}
