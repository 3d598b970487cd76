using System.Globalization;

namespace Snowplow.Enrich.JsonSchema;

/// <summary>What one escape sequence of ECMA-262 stands for: a code point, or a set of characters.</summary>
/// <param name="CodePoint">The code point, where <paramref name="Set"/> is null.</param>
/// <param name="Set">The set as the inside of a .NET class; null for a single character.</param>
/// <param name="IsNegated">Whether all characters but the set's are meant.</param>
/// <param name="Complement">All other characters as the inside of a .NET class.</param>
internal readonly record struct EcmaEscape(int CodePoint, string? Set = null, bool IsNegated = false, string? Complement = null)
{
    private const string Digits = "0-9";
    private const string NotDigits = @"\0-/:-\uFFFF";
    private const string Word = "A-Za-z0-9_";
    private const string NotWord = @"\0-/:-@\[-\^`\{-\uFFFF";

    // WhiteSpace and LineTerminator of ECMA-262 §12.2 and §12.3.
    private const string Space = @"\t-\r \u00A0\u1680\u2000-\u200A\u2028\u2029\u202F\u205F\u3000\uFEFF";
    private const string NotSpace =
        @"\0-\u0008\u000E-\u001F!-\u009F\u00A1-\u167F\u1681-\u1FFF\u200B-\u2027\u202A-\u202E\u2030-\u205E\u2060-\u2FFF"
        + @"\u3001-\uFEFE\uFF00-\uFFFF";

    /// <summary>Reads what follows a backslash; the reason if it is malformed.</summary>
    public static string? TryRead(string source, ref int at, out EcmaEscape escape)
    {
        escape = default;
        if (at >= source.Length)
            return "it ends with a backslash";

        var kind = source[at++];
        switch (kind)
        {
            case 'd' or 'D':
                escape = new EcmaEscape(0, Digits, kind == 'D', NotDigits);
                return null;
            case 'w' or 'W':
                escape = new EcmaEscape(0, Word, kind == 'W', NotWord);
                return null;
            case 's' or 'S':
                escape = new EcmaEscape(0, Space, kind == 'S', NotSpace);
                return null;
            case 'p' or 'P':
                return TryReadProperty(source, ref at, kind == 'P', out escape);
            case 'c' when at < source.Length && char.IsAsciiLetter(source[at]):
                escape = new EcmaEscape(source[at++] & 0x1F);
                return null;
            case 'x':
                return TryReadHex(source, ref at, 2, out escape);
            case 'u':
                return TryReadUnicode(source, ref at, out escape);
        }

        var control = "0tnvfr".IndexOf(kind);
        if (control < 0 && char.IsAsciiLetterOrDigit(kind))
            return $"\\{kind} is no escape sequence of ECMA-262";

        escape = new EcmaEscape(control < 0 ? kind : "\0\t\n\v\f\r"[control]);
        return null;
    }

    private static string? TryReadProperty(string source, ref int at, bool isNegated, out EcmaEscape escape)
    {
        escape = default;
        var end = at < source.Length && source[at] == '{' ? source.IndexOf('}', at) : -1;
        if (end < 0)
            return @"it has a \p without {…}";

        var name = source[(at + 1)..end];
        at = end + 1;
        var category = UnicodeCategoryNames.Find(name);
        if (category is null)
            return $"the Unicode property {name} is not known";

        escape = new EcmaEscape(0, $@"\p{{{category}}}", isNegated, $@"\P{{{category}}}");
        return null;
    }

    private static string? TryReadUnicode(string source, ref int at, out EcmaEscape escape)
    {
        if (at < source.Length && source[at] == '{')
        {
            var end = source.IndexOf('}', at);
            var digits = end < 0 ? default : source.AsSpan(at + 1, end - at - 1);
            escape = default;
            if (!int.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var codePoint)
                || codePoint is < 0 or > 0x10FFFF or (>= 0xD800 and <= 0xDFFF))
            {
                return @"it has a malformed \u{…}";
            }

            at = end + 1;
            escape = new EcmaEscape(codePoint);
            return null;
        }

        var error = TryReadHex(source, ref at, 4, out escape);
        if (error is not null || !char.IsHighSurrogate((char)escape.CodePoint))
            return error;

        // Two escapes that make a pair are one character.
        var after = at + 2;
        if (source.AsSpan(at).StartsWith(@"\u") && TryReadHex(source, ref after, 4, out var low) is null
            && char.IsLowSurrogate((char)low.CodePoint))
        {
            escape = new EcmaEscape(char.ConvertToUtf32((char)escape.CodePoint, (char)low.CodePoint));
            at = after;
        }

        return null;
    }

    private static string? TryReadHex(string source, ref int at, int digits, out EcmaEscape escape)
    {
        escape = default;
        if (source.Length - at < digits
            || !int.TryParse(source.AsSpan(at, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var codePoint))
        {
            return "it has a malformed hexadecimal escape";
        }

        at += digits;
        escape = new EcmaEscape(codePoint);
        return null;
    }
}
