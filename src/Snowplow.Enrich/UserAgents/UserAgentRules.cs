using Snowplow.Enrich.UserAgents.Patterns;

namespace Snowplow.Enrich.UserAgents;

/// <summary>
/// The rules of a <c>regexes.yaml</c>, and which of them a text needs trying at all: most rules demand literals that one pass
/// over the text finds missing. Immutable and thread-safe; a few MB.
/// </summary>
internal sealed class UserAgentRules
{
    private const int WordBits = 64;

    // Two lists of literals are looked for: one is often a word like "Build" with something rare, the other the rare one alone.
    private const int ListsPerRule = 2;

    private readonly UserAgentRule?[] _rules;
    private readonly int[] _partStarts;
    private readonly ulong[] _always;
    private readonly LiteralScan _scan;

    private UserAgentRules(IReadOnlyList<IReadOnlyList<UserAgentRule>> parts, PatternTables tables)
    {
        Tables = tables;
        var rules = new List<UserAgentRule?>();
        _partStarts = new int[parts.Count + 1];
        for (var part = 0; part < parts.Count; part++)
        {
            rules.AddRange(parts[part]);
            // Each part has words of its own.
            while (rules.Count % WordBits > 0) rules.Add(null);
            _partStarts[part + 1] = rules.Count / WordBits;
        }

        _rules = [.. rules];
        _always = new ulong[ListsPerRule * _rules.Length / WordBits];
        _scan = new LiteralScan(Choose());
    }

    /// <summary>What the patterns share.</summary>
    public PatternTables Tables { get; }

    /// <summary>How many words of 64 bits the marks of a text take.</summary>
    public int MarkWords => _always.Length;

    /// <summary>The rules of each part, in order.</summary>
    public IEnumerable<IEnumerable<UserAgentRule>> Parts =>
        RulePart.All.Select((_, part) => _rules[(_partStarts[part] * WordBits)..(_partStarts[part + 1] * WordBits)].OfType<UserAgentRule>());

    /// <summary>Reads the rules from a file.</summary>
    /// <exception cref="InvalidDataException">The file holds no such rules; the message says where and why.</exception>
    public static UserAgentRules Load(string path)
    {
        using var text = File.OpenText(path);
        return Read(text);
    }

    /// <summary>Reads the rules from a text.</summary>
    /// <exception cref="InvalidDataException">The text holds no such rules; the message says where and why.</exception>
    public static UserAgentRules Read(TextReader text)
    {
        var tables = new PatternTables();
        return new UserAgentRules(RuleFile.Read(text, tables), tables);
    }

    /// <summary>Marks the rules that may match a text.</summary>
    /// <param name="lower">The text, folded, in lower case.</param>
    /// <param name="marks">Receives the marks, <see cref="MarkWords"/> of them.</param>
    public void Mark(ReadOnlySpan<byte> lower, Span<ulong> marks)
    {
        _always.CopyTo(marks);
        _scan.Mark(lower, marks);
    }

    /// <summary>The rules of a part that are marked, in order.</summary>
    public MarkedRules Marked(int part, ReadOnlySpan<ulong> marks)
    {
        var (start, end) = (_partStarts[part], _partStarts[part + 1]);
        var second = marks.Length / ListsPerRule;
        return new MarkedRules(_rules.AsSpan((start * WordBits)..(end * WordBits)), marks[start..end], marks[(second + start)..(second + end)]);
    }

    // For each rule the lists that the fewest texts will satisfy: their literals are long, and no other rule's.
    private Dictionary<string, List<int>> Choose()
    {
        var common = _rules.OfType<UserAgentRule>()
            .SelectMany(rule => rule.Required.SelectMany(list => list).Distinct())
            .CountBy(literal => literal, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);
        var marks = new Dictionary<string, List<int>>(StringComparer.Ordinal);
        for (var index = 0; index < _rules.Length; index++)
        {
            if (_rules[index] is not { } rule) continue;
            var lists = rule.Required.OrderBy(Cost).Take(ListsPerRule).ToList();
            for (var list = 0; list < ListsPerRule; list++)
            {
                var mark = (list * _rules.Length) + index;
                if (list >= lists.Count) _always[mark / WordBits] |= 1UL << (mark % WordBits);
                else foreach (var literal in lists[list]) Add(literal, mark);
            }
        }

        return marks;

        double Cost(IReadOnlyList<string> list) =>
            list.Sum(literal => Math.Pow(16, -literal.Length)) + (list.Max(literal => common[literal] - 1.0) / _rules.Length);

        void Add(string literal, int mark)
        {
            if (!marks.TryGetValue(literal, out var known)) marks.Add(literal, known = []);
            known.Add(mark);
        }
    }
}
