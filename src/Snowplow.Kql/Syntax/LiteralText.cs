using System.Globalization;
using System.Text;
using Snowplow.Kql.Data;
using Snowplow.Kql.Functions;

namespace Snowplow.Kql.Syntax;

/// <summary>Reads the literals of the language.</summary>
internal static class LiteralText
{
    /// <summary>Whether parentheses after the word hold a literal.</summary>
    public static bool IsConstructor(string word) => word is not "string" && KqlTypes.TryParse(word, out _);

    /// <summary>The value of true, false or null.</summary>
    public static Literal Keyword(string word) => word == "null" ? new(KqlType.Dynamic, null) : new(KqlType.Bool, word == "true");

    /// <summary>Place of the parenthesis that closes the one at <paramref name="open"/>; -1 where there is none.</summary>
    public static int ClosingParenthesis(string text, int open)
    {
        var depth = 0;
        for (var i = open; i < text.Length; i++)
        {
            switch (text[i])
            {
                case '(':
                    depth++;
                    break;
                case ')' when --depth == 0:
                    return i;
                case '"' or '\'':
                    var quote = text[i];
                    var verbatim = text[i - 1] == '@';
                    for (i++; i < text.Length && text[i] != quote; i++)
                        if (text[i] == '\\' && !verbatim) i++;
                    break;
            }
        }

        return -1;
    }

    /// <summary>An integer, a real or a timespan such as <c>1.5h</c>.</summary>
    public static bool TryNumber(string text, out Literal? literal)
    {
        literal = null;
        if (text.StartsWith("0x", StringComparison.OrdinalIgnoreCase))
        {
            if (long.TryParse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var hex)) literal = new(KqlType.Long, hex);
        }
        else if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var integer))
        {
            literal = new(KqlType.Long, integer);
        }
        else if (IsDigits(text))
        {
            // An integer beyond 64 bits is no real.
        }
        else if (!text.AsSpan().ContainsAnyExceptInRange('!', '~') && double.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var real))
        {
            literal = new(KqlType.Real, real);
        }
        else if (TimeText.TryTimeSpanWithUnit(text, out var span))
        {
            literal = new(KqlType.TimeSpan, span);
        }

        return literal is not null;
    }

    /// <summary>Whether a text is digits alone.</summary>
    public static bool IsDigits(string text) => text.Length > 0 && !text.AsSpan().ContainsAnyExceptInRange('0', '9');

    /// <summary>The value of <c>type(inner)</c>.</summary>
    public static bool TryConstruct(string word, string inner, out Literal? literal)
    {
        literal = null;
        if (!KqlTypes.TryParse(word, out var type)) return false;
        var text = inner.Trim();
        if (type == KqlType.Dynamic)
        {
            if (DynamicLiteral.TryParse(text, out var value)) literal = new(type, value);
            return literal is not null;
        }

        if (text is "null" || (text.Length == 0 && type != KqlType.DateTime))
        {
            literal = new(type, null);
            return true;
        }

        if (text.Length >= 2 && text[0] is '"' or '\'' && text[^1] == text[0]) text = text[1..^1];
        var boxed = Parse(type, text);
        if (boxed is not null) literal = new(type, boxed);
        return boxed is not null;
    }

    /// <summary>Appends what a backslash stands for; returns how many characters it takes.</summary>
    public static int Unescape(string text, int at, StringBuilder value)
    {
        var escaped = at + 1 < text.Length ? text[at + 1] : '\\';
        var digits = escaped switch { 'x' => 2, 'u' => 4, 'U' => 8, _ => 0 };
        if (digits > 0 && at + 2 + digits <= text.Length
            && int.TryParse(text.AsSpan(at + 2, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var point))
        {
            value.Append(digits < 8 ? ((char)point).ToString() : Rune.IsValid(point) ? new Rune(point).ToString() : "\uFFFD");
            return 2 + digits;
        }

        value.Append(escaped switch
        {
            'n' => '\n', 't' => '\t', 'r' => '\r', '0' => '\0', 'a' => '\a', 'b' => '\b', 'f' => '\f', 'v' => '\v', _ => escaped,
        });
        return Math.Min(2, text.Length - at);
    }

    private static object? Parse(KqlType type, string text) => type switch
    {
        KqlType.Bool => bool.TryParse(text, out var b) ? b : long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var n) ? n != 0 : null,
        KqlType.Int => Number(text) is { } i and >= int.MinValue and <= int.MaxValue ? (int)i : null,
        KqlType.Long => Number(text),
        KqlType.Real => NumberText.TryReal(text, out var real) ? real : null,
        KqlType.Decimal => decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var d) ? d : null,
        KqlType.DateTime => text.Length == 0 ? DateTime.UtcNow : TimeText.TryDateTimeLiteral(text, out var time) ? time : null,
        KqlType.TimeSpan => TimeText.TryTimeSpanLiteral(text, out var span) ? span : null,
        KqlType.Guid => System.Guid.TryParse(text, out var guid) ? guid : null,
        _ => null,
    };

    private static long? Number(string text)
    {
        if (text.StartsWith("0x", StringComparison.OrdinalIgnoreCase))
            return long.TryParse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var hex) ? hex : null;
        return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;
    }
}
