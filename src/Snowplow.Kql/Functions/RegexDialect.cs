using System.Globalization;
using System.Text;

namespace Snowplow.Kql.Functions;

/// <summary>
/// Writes an expression of RE2 as .NET has it: POSIX classes, <c>\d \w \s</c> of ASCII, <c>$</c> at the very end, <c>\pL</c>, <c>\Q…\E</c>,
/// <c>(?P&lt;name&gt;…)</c> and the flag U. What RE2 has not is refused with an <see cref="ArgumentException"/>.
/// </summary>
internal sealed class RegexDialect
{
    private static readonly Dictionary<string, string> Posix = new(StringComparer.Ordinal)
    {
        ["alnum"] = "09AZaz", ["alpha"] = "AZaz", ["ascii"] = "\0\x7f", ["blank"] = "\t\t  ", ["cntrl"] = "\0\x1f\x7f\x7f", ["digit"] = "09", ["graph"] = "!~",
        ["lower"] = "az", ["print"] = " ~", ["punct"] = "!/:@[`{~", ["space"] = "\t\r  ", ["upper"] = "AZ", ["word"] = "09AZ__az", ["xdigit"] = "09AFaf",
    };

    private readonly string _pattern;
    private readonly StringBuilder _output = new();
    private readonly Stack<(bool IsMultiline, bool IsUngreedy)> _outer = new();
    private int _at;
    private int _groups;
    private bool _isMultiline;
    private bool _isUngreedy;

    private RegexDialect(string pattern, bool isMultiline)
    {
        _pattern = pattern;
        _isMultiline = isMultiline;
    }

    /// <summary>The pattern for .NET.</summary>
    /// <param name="pattern">A pattern of RE2.</param>
    /// <param name="isMultiline">Whether <c>$</c> is the end of a line from the start.</param>
    /// <param name="maxGroups">How many groups that capture it may have.</param>
    public static string Translate(string pattern, bool isMultiline, int maxGroups)
    {
        if (pattern.AsSpan().IndexOfAny("\\[($") < 0) return pattern;
        var dialect = new RegexDialect(pattern, isMultiline);
        while (dialect._at < pattern.Length) dialect.Next();
        return dialect._groups <= maxGroups ? dialect._output.ToString() : throw new ArgumentException($"it has {dialect._groups} groups, more than {maxGroups}");
    }

    private char Current => _at < _pattern.Length ? _pattern[_at] : throw new ArgumentException("it ends too early");

    private void Next()
    {
        var c = _pattern[_at++];
        switch (c)
        {
            case '\\': Escape(isInClass: false); break;
            case '[': Class(); break;
            case '(': Group(); break;
            case ')':
                if (_outer.Count == 0) throw new ArgumentException("a ) has no (");
                (_isMultiline, _isUngreedy) = _outer.Pop();
                _output.Append(c);
                break;
            case '$': _output.Append(_isMultiline ? "$" : @"\z"); break;
            case '*' or '+' or '?': _output.Append(c); Greed(); break;
            case '{' when Bounds() is { } length:
                _output.Append(_pattern, _at - 1, length);
                _at += length - 1;
                Greed();
                break;
            default: _output.Append(c); break;
        }
    }

    // The length of {n}, {n,} or {n,m}; null where the brace stands for itself.
    private int? Bounds()
    {
        var end = _pattern.IndexOf('}', _at);
        if (end < 0 || !char.IsAsciiDigit(Current) || !_pattern[_at..end].All(c => char.IsAsciiDigit(c) || c == ',')) return null;
        foreach (var bound in _pattern[_at..end].Split(','))
            if (bound.Length > 0 && (bound.Length > 4 || int.Parse(bound, CultureInfo.InvariantCulture) > 1000)) throw new ArgumentException("it repeats more than 1000 times");
        return end - _at + 2;
    }

    private void Greed()
    {
        var isLazy = _at < _pattern.Length && _pattern[_at] == '?';
        if (isLazy) _at++;
        if (isLazy != _isUngreedy) _output.Append('?');
    }

    private void Group()
    {
        _outer.Push((_isMultiline, _isUngreedy));
        if (_at >= _pattern.Length || Current != '?')
        {
            _groups++;
            _output.Append('(');
            return;
        }

        _at++;
        if (Current is 'P' or '<')
        {
            if (Current == 'P') _at++;
            if (Current != '<' || _at + 1 >= _pattern.Length || !(char.IsAsciiLetterOrDigit(_pattern[_at + 1]) || _pattern[_at + 1] == '_')) throw new ArgumentException("it looks around, or a group has no name");
            _groups++;
            _output.Append("(?");
            return;
        }

        Flags();
    }

    private void Flags()
    {
        var (on, off, isOff) = ("", "", false);
        for (; Current is not (':' or ')'); _at++)
        {
            if (Current == '-' && !isOff) isOff = true;
            else if (Current == 'U') _isUngreedy = !isOff;
            else if (Current is not ('i' or 'm' or 's')) throw new ArgumentException($"(?{Current} is not known");
            else if (isOff) off += Current;
            else on += Current;
            if (Current == 'm') _isMultiline = !isOff;
        }

        if (Current == ')') _outer.Pop();
        _output.Append("(?").Append(on).Append(off.Length > 0 ? "-" : "").Append(off);
        if (Current == ')' && on.Length + off.Length == 0) _output.Append(':');
        _output.Append(_pattern[_at++]);
    }

    private void Class()
    {
        _output.Append('[');
        if (Current == '^')
        {
            _output.Append('^');
            _at++;
        }

        for (var isFirst = true; isFirst || Current != ']'; isFirst = false)
        {
            var c = Current;
            _at++;
            if (c == '[' && Current == ':' && _pattern.IndexOf(":]", _at, StringComparison.Ordinal) is > 0 and var end)
            {
                var name = _pattern[(_at + 1)..end];
                Set(Posix.GetValueOrDefault(name.TrimStart('^')) ?? throw new ArgumentException($"[:{name}:] is no class"), name.StartsWith('^'));
                _at = end + 2;
            }
            else if (c == '\\')
            {
                Escape(isInClass: true);
            }
            else
            {
                if (c is '[' or ']' or '^') _output.Append('\\');
                _output.Append(c);
            }
        }

        _at++;
        _output.Append(']');
    }

    private void Escape(bool isInClass)
    {
        var c = Current;
        _at++;
        switch (c)
        {
            case 'd' or 'w' or 's' or 'D' or 'W' or 'S':
                if (!isInClass) _output.Append('[');
                Set(char.ToLowerInvariant(c) switch { 'd' => Posix["digit"], 'w' => Posix["word"], _ => "\t\n\f\r  " }, char.IsUpper(c));
                if (!isInClass) _output.Append(']');
                break;
            case 'p' or 'P': Category(c); break;
            case 'Q' when !isInClass:
                var end = _pattern.IndexOf(@"\E", _at, StringComparison.Ordinal);
                foreach (var literal in _pattern.AsSpan(_at, (end < 0 ? _pattern.Length : end) - _at)) Literal(literal);
                _at = end < 0 ? _pattern.Length : end + 2;
                break;
            case 'x': Literal(Hexadecimal()); break;
            case >= '0' and <= '7' when c == '0' || (_at < _pattern.Length && _pattern[_at] is >= '0' and <= '7'):
                var code = c - '0';
                for (var i = 0; i < 2 && _at < _pattern.Length && _pattern[_at] is >= '0' and <= '7'; i++) code = (code * 8) + (_pattern[_at++] - '0');
                Literal((char)code);
                break;
            case 'a' or 'f' or 't' or 'n' or 'r' or 'v': _output.Append('\\').Append(c); break;
            case 'A' or 'z' or 'b' or 'B' when !isInClass: _output.Append('\\').Append(c); break;
            case '_': throw new ArgumentException(@"\_ is not known");
            default:
                if (char.IsAsciiLetterOrDigit(c)) throw new ArgumentException($@"\{c} is not known");
                _output.Append(c < 128 ? "\\" : "").Append(c);
                break;
        }
    }

    private void Category(char kind)
    {
        var name = Current.ToString();
        if (name == "{")
        {
            var end = _pattern.IndexOf('}', _at);
            if (end < 0) throw new ArgumentException(@"\p{ has no }");
            name = _pattern[(_at + 1)..end];
            _at = end;
        }

        _at++;
        if (name.StartsWith('^')) (kind, name) = (kind == 'p' ? 'P' : 'p', name[1..]);
        _output.Append('\\').Append(kind).Append('{').Append(name).Append('}');
    }

    private char Hexadecimal()
    {
        var digits = Current == '{' ? _pattern[(_at + 1)..Math.Max(_at + 1, _pattern.IndexOf('}', _at))] : _pattern.Substring(_at, Math.Min(2, _pattern.Length - _at));
        _at += digits.Length + (Current == '{' ? 2 : 0);
        return digits.Length > 0 && int.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code) && code is >= 0 and <= 0xffff
            ? (char)code
            : throw new ArgumentException(@"\x needs two digits, or up to ffff in braces");
    }

    private void Literal(char c) => _output.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");

    // Pairs of first and last characters, or all others.
    private void Set(string ranges, bool isNegated)
    {
        var next = 0;
        for (var i = 0; i < ranges.Length; i += 2)
        {
            if (!isNegated) Range(ranges[i], ranges[i + 1]);
            else if (next < ranges[i]) Range((char)next, (char)(ranges[i] - 1));
            next = ranges[i + 1] + 1;
        }

        if (isNegated && next <= char.MaxValue) Range((char)next, char.MaxValue);
    }

    private void Range(char first, char last)
    {
        Literal(first);
        _output.Append('-');
        Literal(last);
    }
}
