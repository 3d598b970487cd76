using System.Text;

namespace Snowplow.Kql.Syntax;

/// <summary>Cuts a text into tokens. Whatever is no token becomes one of kind Bad, with a diagnostic; nothing throws.</summary>
/// <param name="text">The text.</param>
/// <param name="start">The first character that is read.</param>
/// <param name="diagnostics">Takes what is wrong.</param>
internal sealed class Lexer(string text, int start, List<Diagnostic> diagnostics)
{
    private static readonly string[] Marks =
    [
        "=>", "==", "!=", "<>", "<=", ">=", "=~", "!~", "..", "|", ";", ",", "(", ")", "[", "]", "{", "}", "=", "<", ">", "+", "-", "*", "/", "%",
        ".", ":", "?", "@",
    ];

    private readonly List<Token> _tokens = [];
    private int _at = start;

    /// <summary>All tokens, the last of kind End.</summary>
    public List<Token> Read() => Read(_ => false);

    /// <summary>Tokens up to those that are enough, and one of kind End behind them.</summary>
    public List<Token> Read(Predicate<List<Token>> isEnough)
    {
        var hasEnough = false;
        while (!hasEnough && SkipBlanks())
        {
            ReadToken();
            hasEnough = isEnough(_tokens);
        }

        _tokens.Add(new Token(TokenKind.End, "", new TextSpan(hasEnough ? _at : text.Length, 0)));
        return _tokens;
    }

    private char Peek(int ahead = 0) => _at + ahead < text.Length ? text[_at + ahead] : '\0';

    private bool SkipBlanks()
    {
        while (_at < text.Length)
        {
            if (char.IsWhiteSpace(text[_at]) || text[_at] == '\uFEFF') _at++;
            else if (Peek() == '/' && Peek(1) == '/') SkipLine();
            else return true;
        }

        return false;
    }

    private void SkipLine()
    {
        while (_at < text.Length && text[_at] != '\n') _at++;
    }

    private void ReadToken()
    {
        var start = _at;
        var c = Peek();
        if (IsQuote(c) || (c is '@' or 'h' or 'H' && IsQuote(Peek(1))) || (c is 'h' or 'H' && Peek(1) == '@' && IsQuote(Peek(2))))
        {
            ReadText(start);
        }
        else if (char.IsAsciiDigit(c))
        {
            ReadNumber(start);
        }
        else if (IsWordStart(c) || (c == '!' && char.IsAsciiLetter(Peek(1))))
        {
            ReadWord(start);
        }
        else if (Array.Find(Marks, mark => string.CompareOrdinal(text, start, mark, 0, mark.Length) == 0) is { } mark)
        {
            _at += mark.Length;
            Add(TokenKind.Mark, mark, start);
        }
        else
        {
            _at += char.IsHighSurrogate(c) && char.IsLowSurrogate(Peek(1)) ? 2 : 1;
            Bad(start, $"Unexpected character '{text[start.._at]}'");
        }
    }

    private static bool IsQuote(char c) => c is '"' or '\'' || c == '`';

    private static bool IsWordStart(char c) => char.IsLetter(c) || c is '_' or '$';

    private static bool IsWordPart(char c) => char.IsLetterOrDigit(c) || c == '_';

    private void Add(TokenKind kind, string value, int start, Literal? literal = null) =>
        _tokens.Add(new Token(kind, value, new TextSpan(start, _at - start), literal));

    private void Bad(int start, string message)
    {
        var span = new TextSpan(start, _at - start);
        diagnostics.Add(new Diagnostic("SYN0001", message, span));
        _tokens.Add(new Token(TokenKind.Bad, text[start.._at], span));
    }

    private void ReadWord(int start)
    {
        _at++;
        while (IsWordPart(Peek())) _at++;
        var word = text[start.._at];
        if (Peek() == '~' && word is "in" or "!in")
        {
            _at++;
            word += "~";
        }
        else if (LiteralText.IsConstructor(word) && TryReadConstructor(word, start))
        {
            return;
        }

        if (word is "true" or "false" or "null") Add(TokenKind.Literal, word, start, LiteralText.Keyword(word));
        else Add(TokenKind.Word, word, start);
    }

    // datetime(2020-01-01), dynamic({...}): what stands in the parentheses is not cut into tokens.
    private bool TryReadConstructor(string word, int start)
    {
        var open = _at;
        while (open < text.Length && char.IsWhiteSpace(text[open])) open++;
        if (open == text.Length || text[open] != '(') return false;
        var close = LiteralText.ClosingParenthesis(text, open);
        if (close < 0)
        {
            _at = text.Length;
            Bad(start, $"Expected ')' at the end of '{word}('");
            return true;
        }

        _at = close + 1;
        var inner = text[(open + 1)..close];
        if (LiteralText.TryConstruct(word, inner, out var literal)) Add(TokenKind.Literal, text[start.._at], start, literal);
        else Bad(start, $"'{inner.Trim()}' is no {word} literal");
        return true;
    }

    private void ReadNumber(int start)
    {
        if (Peek() == '0' && Peek(1) is 'x' or 'X' && char.IsAsciiHexDigit(Peek(2)))
        {
            _at += 2;
            while (char.IsAsciiHexDigit(Peek())) _at++;
        }
        else
        {
            while (char.IsAsciiDigit(Peek())) _at++;
            if (Peek() == '.' && Peek(1) != '.' && !IsWordStart(Peek(1)))
            {
                _at++;
                while (char.IsAsciiDigit(Peek())) _at++;
            }

            if (Peek() is 'e' or 'E' && (char.IsAsciiDigit(Peek(1)) || (Peek(1) is '+' or '-' && char.IsAsciiDigit(Peek(2)))))
            {
                _at += 2;
                while (char.IsAsciiDigit(Peek())) _at++;
            }
        }

        while (IsWordPart(Peek())) _at++;
        var number = text[start.._at];
        if (LiteralText.TryNumber(number, out var literal)) Add(TokenKind.Literal, number, start, literal);
        else if (_tokens is [.., { Kind: TokenKind.Mark, Text: "." }]) Add(TokenKind.Word, number, start);
        else Bad(start, LiteralText.IsDigits(number) ? $"'{number}' is beyond the integers of 64 bits: write real({number}) or decimal({number})" : $"'{number}' is no number or timespan");
    }

    private void ReadText(int start)
    {
        if (Peek() is 'h' or 'H') _at++;
        if (string.CompareOrdinal(text, _at, "```", 0, 3) == 0)
        {
            var end = text.IndexOf("```", _at + 3, StringComparison.Ordinal);
            var from = _at + 3;
            _at = end < 0 ? text.Length : end + 3;
            if (end < 0) Bad(start, "The multi-line string has no end: expected ```");
            else Add(TokenKind.Text, text[from..end], start);
            return;
        }

        var verbatim = Peek() == '@';
        if (verbatim) _at++;
        var quote = Peek();
        if (quote == '`')
        {
            _at++;
            Bad(start, "Unexpected character '`'");
            return;
        }

        _at++;
        var value = new StringBuilder();
        while (_at < text.Length && text[_at] != quote && (verbatim || text[_at] is not '\n' and not '\r'))
        {
            if (!verbatim && text[_at] == '\\') _at += LiteralText.Unescape(text, _at, value);
            else value.Append(text[_at++]);
            if (verbatim && Peek() == quote && Peek(1) == quote)
            {
                value.Append(quote);
                _at += 2;
                while (Peek() == quote && Peek(1) == quote)
                {
                    value.Append(quote);
                    _at += 2;
                }
            }
        }

        if (Peek() != quote || _at >= text.Length)
        {
            Bad(start, $"The string literal has no end: expected {quote}");
            return;
        }

        _at++;
        Add(TokenKind.Text, value.ToString(), start);
    }
}
