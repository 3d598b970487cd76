using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace Snowplow.Enrich.JsonSchema;

/// <summary>
/// Rewrites a regular expression of ECMA-262 (Unicode mode) in the syntax of .NET. What differs: <c>\d \w \s \b</c> are wider
/// in .NET, <c>$</c> also matches before a last line feed, <c>.</c> matches other line ends, <c>\p</c> has other names, a class may
/// subtract another, and characters beyond U+FFFF count as two.
/// What both have and ECMA-262 does not (inline options, atomic groups, <c>\A \z \Z</c>) passes, since schemas written for Java use it.
/// </summary>
internal sealed class EcmaTranslator
{
    private const string Word = "A-Za-z0-9_";
    private const string AnyPair = @"[\uD800-\uDBFF][\uDC00-\uDFFF]";

    private static readonly SearchValues<char> QuantifierCharacters = SearchValues.Create("0123456789,");

    private readonly string _source;
    private readonly StringBuilder _output = new();
    private int _at;

    private EcmaTranslator(string source) => _source = source;

    /// <summary>Translates; false with a reason if the pattern is malformed.</summary>
    public static bool TryTranslate(string source, [NotNullWhen(true)] out string? translated, [NotNullWhen(false)] out string? error)
    {
        var translator = new EcmaTranslator(source);
        error = null;
        while (error is null && translator._at < source.Length)
            error = translator.TranslateNext();

        translated = error is null ? translator._output.ToString() : null;
        return error is null;
    }

    /// <summary>Translates one atom or operator; the reason if it is malformed.</summary>
    private string? TranslateNext()
    {
        var next = _source[_at++];
        switch (next)
        {
            case '\\':
                return TranslateEscape();
            case '[':
                return TranslateClass();
            case '(':
                return TranslateGroup();
            case '.':
                AppendAnyUnlike(@"\n\r\u2028\u2029");
                return null;
            case '$':
                _output.Append(@"\z");
                return null;
            case '{' when !IsQuantifier():
                _output.Append(@"\{");
                return null;
            case ']' or '}' when next == ']' || !ClosesQuantifier():
                _output.Append('\\').Append(next);
                return null;
            case '#':
                _output.Append(@"\#");
                return null;
            default:
                AppendLiteral(next);
                return null;
        }
    }

    private string? TranslateEscape()
    {
        if (_at == _source.Length)
            return "it ends with a backslash";

        var kind = _source[_at];
        if (char.IsAsciiDigit(kind) && kind != '0')
        {
            var start = _at;
            while (_at < _source.Length && char.IsAsciiDigit(_source[_at]))
                _at++;
            _output.Append("(?:\\").Append(_source, start, _at - start).Append(')');
            return null;
        }

        switch (kind)
        {
            case 'b':
                _at++;
                _output.Append($"(?:(?<=[{Word}])(?![{Word}])|(?<![{Word}])(?=[{Word}]))");
                return null;
            case 'B':
                _at++;
                _output.Append($"(?:(?<=[{Word}])(?=[{Word}])|(?<![{Word}])(?![{Word}]))");
                return null;
            case 'A' or 'z' or 'Z' or 'k':
                _at++;
                _output.Append('\\').Append(kind);
                return null;
        }

        var error = EcmaEscape.TryRead(_source, ref _at, out var escape);
        if (error is not null)
            return error;
        if (escape.Set is not null && escape.IsNegated)
            AppendAnyUnlike(escape.Set);
        else if (escape.Set is not null)
            _output.Append('[').Append(escape.Set).Append(']');
        else
            AppendCodePoint(escape.CodePoint);
        return null;
    }

    private string? TranslateClass()
    {
        var error = EcmaClass.TryRead(_source, ref _at, out var parsed);
        if (error is not null)
            return error;

        if (parsed.IsNegated)
            AppendAnyUnlike(parsed.Units.ToString());
        else if (parsed.Pairs.Length == 0)
            _output.Append(parsed.Units.Length == 0 ? "(?!)" : $"[{parsed.Units}]");
        else
            _output.Append(parsed.Units.Length == 0 ? $"(?:{parsed.Pairs})" : $"(?:{parsed.Pairs}|[{parsed.Units}])");
        return null;
    }

    /// <summary>Appends a group's opening; only the forms that mean the same in both languages pass.</summary>
    private string? TranslateGroup()
    {
        _output.Append('(');
        if (_at >= _source.Length || _source[_at] != '?')
            return null;

        var end = _source.AsSpan(_at + 1).IndexOfAnyExcept("imsx-");
        var flagsEnd = _at + 1 + Math.Max(end, 0);
        var opening = _source.AsSpan(_at);
        var isFlags = end > 0 && _source[flagsEnd] is ')' or ':';
        if (isFlags || opening.StartsWith("?:") || opening.StartsWith("?=") || opening.StartsWith("?!")
            || opening.StartsWith("?<") || opening.StartsWith("?>"))
        {
            var length = isFlags ? flagsEnd - _at : 2;
            _output.Append(opening[..length]);
            _at += length;
            return null;
        }

        return $"it has an unknown kind of group at {_at}";
    }

    /// <summary>Whether the brace just read begins <c>{n}</c>, <c>{n,}</c> or <c>{n,m}</c>.</summary>
    private bool IsQuantifier()
    {
        var close = _source.IndexOf('}', _at);
        var inner = close < 0 ? default : _source.AsSpan(_at, close - _at);
        return inner.Length > 0 && char.IsAsciiDigit(inner[0]) && !inner.ContainsAnyExcept(QuantifierCharacters) && inner.Count(',') <= 1;
    }

    private bool ClosesQuantifier()
    {
        var open = _source.LastIndexOf('{', _at - 1);
        if (open < 0)
            return false;

        var here = _at;
        _at = open + 1;
        var closes = IsQuantifier() && _source.IndexOf('}', _at) == here - 1;
        _at = here;
        return closes;
    }

    private void AppendLiteral(char unit)
    {
        if (char.IsHighSurrogate(unit) && _at < _source.Length && char.IsLowSurrogate(_source[_at]))
            AppendCodePoint(char.ConvertToUtf32(unit, _source[_at++]));
        else
            _output.Append(unit);
    }

    private void AppendCodePoint(int codePoint)
    {
        if (codePoint <= char.MaxValue)
            _output.Append(EcmaClass.Unit((char)codePoint));
        else
            _output.Append("(?:").Append(EcmaClass.Pair(codePoint)).Append(')');
    }

    /// <summary>
    /// Appends "any character but these". One beyond U+FFFF must be taken as a whole, except in a run, where its halves do as well
    /// and the simple set is faster. The group is atomic, so that backtracking cannot split a pair.
    /// </summary>
    private void AppendAnyUnlike(string units)
    {
        var isRun = _at < _source.Length && _source[_at] is '*' or '+';
        var set = units.Length == 0 ? @"[\s\S]" : $"[^{units}]";
        _output.Append(isRun ? set : string.Create(CultureInfo.InvariantCulture, $"(?>{AnyPair}|{set})"));
    }
}
