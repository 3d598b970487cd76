using System.Buffers;
using System.Runtime.InteropServices;

namespace Snowplow.Enrich.UserAgents.Patterns;

/// <summary>
/// What the programs of a set of rules share: sets, literals and choices, each kept once. Filled while compiling, read-only after.
/// </summary>
internal sealed class PatternTables
{
    /// <summary>Words of 64 symbols that a set takes in <see cref="SetBits"/>.</summary>
    public const int WordsPerSet = 4;

    private readonly Dictionary<CharacterSet, int> _setIndexes = [];
    private readonly Dictionary<CharacterSet, SearchValues<byte>> _searches = [];
    private readonly Dictionary<string, int> _literalIndexes = new(StringComparer.Ordinal);

    // Lists of places, by the same as text: the same ones come up all the time.
    private readonly Dictionary<string, int[]> _targets = new(StringComparer.Ordinal);
    private readonly List<ulong> _setBits = [];
    private readonly List<byte> _literals = [];
    private readonly List<int[][]> _choices = [];

    /// <summary>The sets as bits: symbol <c>s</c> of set <c>i</c> is bit <c>s % 64</c> of word <c>i * 4 + s / 64</c>.</summary>
    public ReadOnlySpan<ulong> SetBits => CollectionsMarshal.AsSpan(_setBits);

    /// <summary>The bytes of all literals.</summary>
    public ReadOnlySpan<byte> Literals => CollectionsMarshal.AsSpan(_literals);

    /// <summary>The choices: for each next symbol the places of the alternatives that may match, in order.</summary>
    public ReadOnlySpan<int[][]> Choices => CollectionsMarshal.AsSpan(_choices);

    /// <summary>The index of a set.</summary>
    public int Set(CharacterSet set)
    {
        if (_setIndexes.TryGetValue(set, out var index)) return index;
        _setIndexes.Add(set, index = _setBits.Count / WordsPerSet);
        _setBits.AddRange([set.Low, set.High, set.Rest, 0]);
        return index;
    }

    /// <summary>Finds the symbols of a set quickly.</summary>
    public SearchValues<byte> Search(CharacterSet set)
    {
        if (!_searches.TryGetValue(set, out var search)) _searches.Add(set, search = SearchValues.Create([.. set.Symbols]));
        return search;
    }

    /// <summary>Where a literal's bytes begin.</summary>
    public int Literal(string text)
    {
        if (_literalIndexes.TryGetValue(text, out var index)) return index;
        _literalIndexes.Add(text, index = _literals.Count);
        _literals.AddRange(System.Text.Encoding.ASCII.GetBytes(text));
        return index;
    }

    /// <summary>Makes room for a choice.</summary>
    public int AddChoice()
    {
        _choices.Add(new int[CharacterSet.End + 1][]);
        return _choices.Count - 1;
    }

    /// <summary>Sets a choice's alternatives: the place of each and with what it may begin.</summary>
    public void SetChoice(int choice, IReadOnlyList<(int Place, CharacterSet First)> alternatives)
    {
        var shared = _targets.GetAlternateLookup<ReadOnlySpan<char>>();
        var places = new char[alternatives.Count];
        for (var symbol = 0; symbol <= CharacterSet.End; symbol++)
        {
            var count = 0;
            foreach (var (place, first) in alternatives)
            {
                if (first.Contains((byte)symbol)) places[count++] = (char)place;
            }

            var key = places.AsSpan(0, count);
            if (!shared.TryGetValue(key, out var targets)) shared[key] = targets = Array.ConvertAll(key.ToArray(), place => (int)place);
            _choices[choice][symbol] = targets;
        }
    }
}
