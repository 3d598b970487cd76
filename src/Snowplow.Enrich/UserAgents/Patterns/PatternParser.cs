using System.Globalization;

namespace Snowplow.Enrich.UserAgents.Patterns;

/// <summary>
/// Parses the regular expressions that uap-core is written in: characters and classes of ASCII, groups, alternatives, greedy and
/// lazy quantifiers, <c>^ $ \b</c>. What goes beyond (look-around, references back, Unicode classes, …) it declines.
/// </summary>
internal sealed class PatternParser
{
    // Deeper nesting than any sane rule has.
    private const int MaxDepth = 100;

    private readonly string _text;
    private readonly bool _ignoreCase;
    private int _at;
    private int _groups;
    private int _depth;

    private PatternParser(string text, bool ignoreCase)
    {
        _text = text;
        _ignoreCase = ignoreCase;
    }

    /// <summary>Parses an expression.</summary>
    /// <param name="text">The expression.</param>
    /// <param name="ignoreCase">Whether it is for text in lower case: sets are then such.</param>
    /// <returns>Null where it goes beyond what is understood, or is wrong.</returns>
    public static PatternNode? Parse(string text, bool ignoreCase)
    {
        try
        {
            var parser = new PatternParser(text, ignoreCase);
            var node = parser.ParseChoice();
            return parser._at == text.Length ? node : null;
        }
        catch (UnsupportedPatternException)
        {
            return null;
        }
    }

    private PatternNode ParseChoice()
    {
        if (++_depth > MaxDepth) throw new UnsupportedPatternException();
        var alternatives = new List<PatternNode>();
        do
        {
            alternatives.Add(ParseSequence());
        }
        while (Take('|'));
        _depth--;
        return alternatives.Count == 1 ? alternatives[0] : new ChoiceNode(alternatives);
    }

    private SequenceNode ParseSequence()
    {
        var items = new List<PatternNode>();
        while (_at < _text.Length && _text[_at] is not ('|' or ')')) items.Add(ParseQuantified());
        return new SequenceNode(items);
    }

    private PatternNode ParseQuantified()
    {
        var atom = ParseAtom();
        if (!TryReadQuantifier(out var min, out var max)) return atom;
        var isLazy = Take('?');
        if (atom is AssertNode || (_at < _text.Length && _text[_at] is '*' or '+' or '?' or '{')) throw new UnsupportedPatternException();
        return new RepeatNode(atom, min, max, isLazy);
    }

    private bool TryReadQuantifier(out int min, out int max)
    {
        (min, max) = (0, int.MaxValue);
        if (Take('*')) return true;
        if (Take('+')) return (min = 1) == 1;
        if (Take('?')) return (max = 1) == 1;
        if (!Take('{')) return false;
        min = ReadNumber();
        max = !Take(',') ? min : Take('}') ? int.MaxValue : ReadNumber();
        if (max != int.MaxValue || _text[_at - 1] != '}') Expect('}');
        if (max < min) throw new UnsupportedPatternException();
        return true;
    }

    private int ReadNumber()
    {
        var start = _at;
        while (_at < _text.Length && char.IsAsciiDigit(_text[_at])) _at++;
        return int.TryParse(_text.AsSpan(start, _at - start), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= 10_000
            ? number
            : throw new UnsupportedPatternException();
    }

    private PatternNode ParseAtom()
    {
        var character = Next();
        switch (character)
        {
            case '(': return ParseGroup();
            case '[': return new SetNode(ParseClass());
            case '.': return new SetNode(CharacterSet.Dot);
            case '^': return new AssertNode(Operation.Start);
            case '$': return new AssertNode(Operation.End);
            case '\\' when Take('b'): return new AssertNode(Operation.Boundary);
            case '\\': return new SetNode(Cased(ParseEscape()));
            case '*' or '+' or '?' or '{': throw new UnsupportedPatternException();
            default: return new SetNode(Cased(One(character)));
        }
    }

    private PatternNode ParseGroup()
    {
        var number = 0;
        if (!Take('?')) number = ++_groups;
        else Expect(':');
        var body = ParseChoice();
        Expect(')');
        return number == 0 ? body : new CaptureNode(number, body);
    }

    private CharacterSet ParseClass()
    {
        var isNegated = Take('^');
        var set = default(CharacterSet);
        for (var isFirst = true; ; isFirst = false)
        {
            var character = Next();
            if (character == ']' && !isFirst) break;
            if (character is ']' or '[') throw new UnsupportedPatternException();
            var item = character == '\\' ? ParseEscape() : One(character);
            if (_at + 1 < _text.Length && _text[_at] == '-' && _text[_at + 1] != ']') item = ParseRange(item);
            set |= item;
        }

        set = _ignoreCase ? set.BothCases() : set;
        set = isNegated ? set.Negate() : set;
        return _ignoreCase ? set.Lower() : set;
    }

    private CharacterSet ParseRange(CharacterSet first)
    {
        _at++;
        var character = Next();
        var last = character == '\\' ? ParseEscape() : One(character);
        if (character == '[' || first.Count != 1 || last.Count != 1) throw new UnsupportedPatternException();
        var (from, to) = (first.Symbols.First(), last.Symbols.First());
        return from <= to ? CharacterSet.Range(from, to) : throw new UnsupportedPatternException();
    }

    private CharacterSet ParseEscape()
    {
        var character = Next();
        return character switch
        {
            'd' => CharacterSet.Digit,
            'D' => CharacterSet.Digit.Negate(),
            'w' => CharacterSet.Word,
            'W' => CharacterSet.Word.Negate(),
            's' => CharacterSet.Space,
            'S' => CharacterSet.Space.Negate(),
            't' => One('\t'),
            _ when char.IsAsciiLetterOrDigit(character) => throw new UnsupportedPatternException(),
            _ => One(character),
        };
    }

    private CharacterSet Cased(CharacterSet set) => _ignoreCase ? set.BothCases().Lower() : set;

    private static CharacterSet One(char character) =>
        char.IsAscii(character) ? CharacterSet.Range(character, character) : throw new UnsupportedPatternException();

    private char Next() => _at < _text.Length ? _text[_at++] : throw new UnsupportedPatternException();

    private bool Take(char character)
    {
        if (_at >= _text.Length || _text[_at] != character) return false;
        _at++;
        return true;
    }

    private void Expect(char character)
    {
        if (!Take(character)) throw new UnsupportedPatternException();
    }

    private sealed class UnsupportedPatternException : Exception;
}
