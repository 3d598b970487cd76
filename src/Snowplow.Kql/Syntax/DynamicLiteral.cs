using System.Globalization;
using System.Text;
using Snowplow.Kql.Data;

namespace Snowplow.Kql.Syntax;

/// <summary>Reads what stands in <c>dynamic(…)</c>: JSON with strings in either quote, and scalar literals such as <c>datetime(2020-01-01)</c>.</summary>
internal ref struct DynamicLiteral
{
    private const int MaxDepth = 100;

    private readonly string _text;
    private int _at;
    private int _depth;

    private DynamicLiteral(string text) => _text = text;

    /// <summary>False where it is no value.</summary>
    public static bool TryParse(string text, out object? value)
    {
        var reader = new DynamicLiteral(text);
        value = null;
        if (!reader.TryValue(out value)) return false;
        reader.SkipBlanks();
        return reader._at == text.Length;
    }

    private void SkipBlanks()
    {
        while (_at < _text.Length && char.IsWhiteSpace(_text[_at])) _at++;
    }

    private bool Take(char c)
    {
        SkipBlanks();
        if (_at >= _text.Length || _text[_at] != c) return false;
        _at++;
        return true;
    }

    private bool TryValue(out object? value)
    {
        value = null;
        SkipBlanks();
        if (_at >= _text.Length || _depth >= MaxDepth) return false;
        _depth++;
        var isRead = _text[_at] switch
        {
            '{' => TryBag(out value),
            '[' => TryArray(out value),
            '"' or '\'' => TryText(out value),
            '@' when _at + 1 < _text.Length && _text[_at + 1] is '"' or '\'' => TryText(out value),
            _ => TryWord(out value),
        };
        _depth--;
        return isRead;
    }

    private bool TryBag(out object? value)
    {
        var bag = new Bag();
        value = bag;
        _at++;
        while (!Take('}'))
        {
            if (bag.Count > 0 && !Take(',')) return false;
            SkipBlanks();
            if (_at >= _text.Length) return false;
            if (_text[_at] is '"' or '\'' ? !TryText(out var key) : !TryName(out key)) return false;
            if (!Take(':') || !TryValue(out var property)) return false;
            bag[(string)key!] = property;
        }

        return true;
    }

    private bool TryArray(out object? value)
    {
        var items = new List<object?>();
        value = null;
        _at++;
        while (!Take(']'))
        {
            if (items.Count > 0 && !Take(',')) return false;
            if (!TryValue(out var item)) return false;
            items.Add(item);
        }

        value = items.ToArray();
        return true;
    }

    private bool TryText(out object? value)
    {
        value = null;
        var verbatim = _text[_at] == '@';
        if (verbatim) _at++;
        var quote = _text[_at++];
        var text = new StringBuilder();
        while (_at < _text.Length && _text[_at] != quote)
        {
            if (_text[_at] == '\\' && !verbatim) _at += LiteralText.Unescape(_text, _at, text);
            else text.Append(_text[_at++]);
        }

        value = text.ToString();
        return _at++ < _text.Length;
    }

    private bool TryName(out object? value)
    {
        var start = _at;
        while (_at < _text.Length && (char.IsLetterOrDigit(_text[_at]) || _text[_at] == '_')) _at++;
        value = _text[start.._at];
        return _at > start;
    }

    private bool TryWord(out object? value)
    {
        var start = _at;
        while (_at < _text.Length && (char.IsLetterOrDigit(_text[_at]) || _text[_at] is '_' or '-' or '+' or '.')) _at++;
        var word = _text[start.._at];
        SkipBlanks();
        if (LiteralText.IsConstructor(word) && _at < _text.Length && _text[_at] == '(')
        {
            var close = LiteralText.ClosingParenthesis(_text, _at);
            value = null;
            if (close < 0 || !LiteralText.TryConstruct(word, _text[(_at + 1)..close], out var literal)) return false;
            value = literal!.Value is int number ? (long)number : literal.Value;
            _at = close + 1;
            return true;
        }

        value = word switch { "true" => true, "false" => false, _ => null };
        if (value is not null || word == "null") return true;
        if (word.Length > 0 && word[0] is '-' or '+' or (>= '0' and <= '9'))
        {
            if (long.TryParse(word, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var integer)) value = integer;
            else if (double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out var real)) value = real;
            else if (LiteralText.TryNumber(word, out var number)) value = number!.Value;
        }

        return value is not null;
    }
}
