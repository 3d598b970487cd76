using Snowplow.Kql.Syntax;

namespace Snowplow.Kql.Commands.Core;

/// <summary>
/// Cuts a text into commands: one begins wherever a line begins with a dot and a word, outside of brackets and strings. So blank lines and comments
/// between commands, and within them, mean nothing. Only what stands behind <c>&lt;|</c> of some commands is no KQL: data up to a blank line, and the
/// commands of a script, which are all the rest.
/// </summary>
internal static class Script
{
    /// <summary>Whether a text begins with a command rather than a query.</summary>
    public static bool IsCommand(string text)
    {
        var tokens = new Lexer(text, 0, []).Read();
        return tokens[0].Is(".") && tokens[1].Kind == TokenKind.Word;
    }

    /// <summary>The commands of a text from a character on, each the tokens of one; what is wrong before the first is told.</summary>
    public static IReadOnlyList<List<Token>> Split(string text, int from, List<Diagnostic> diagnostics)
    {
        var commands = new List<List<Token>>();
        for (var at = from; ;)
        {
            var tokens = new Lexer(text, at, diagnostics).Read(read => HasDataNext(text, read));
            if (!IsStart(text, tokens, 0) && tokens[0].Kind != TokenKind.Bad && (tokens[0].Kind != TokenKind.End || at == from))
                diagnostics.Add(new Diagnostic("SYN0002", $"Expected a control command, which begins with a dot{(tokens[0].Kind == TokenKind.End ? "" : $", not '{tokens[0].Text}'")}", tokens[0].Span));
            for (var start = NextStart(text, tokens, 0); start < tokens.Count - 1;)
            {
                var end = NextStart(text, tokens, start + 1);
                // The end of a command stands where its last token ends, so that a missing part is told there.
                commands.Add([.. tokens[start..end], End(tokens[end - 1].Span.End)]);
                start = end;
            }

            tokens.RemoveAt(tokens.Count - 1);
            if (commands.Count == 0 || !HasDataNext(text, tokens)) return commands;
            // What is behind the mark is not cut into tokens.
            var (dataStart, command) = (tokens[^1].Span.End, commands[^1]);
            at = command[1].Is("execute") ? text.Length : BlankLine(text, dataStart);
            command[^1] = new Token(TokenKind.Text, text[dataStart..at], new TextSpan(dataStart, at - dataStart));
            command.Add(End(at));
        }
    }

    private static Token End(int at) => new(TokenKind.End, "", new TextSpan(at, 0));

    // Place of the token that begins the next command; of the end where there is none.
    private static int NextStart(string text, List<Token> tokens, int from)
    {
        var depth = 0;
        for (var i = from; i < tokens.Count - 1; i++)
        {
            if (depth == 0 && IsStart(text, tokens, i)) return i;
            if (tokens[i].Kind != TokenKind.Mark) continue;
            if (tokens[i].Text is "(" or "[" or "{") depth++;
            else if (tokens[i].Text is ")" or "]" or "}") depth = Math.Max(0, depth - 1);
        }

        return tokens.Count - 1;
    }

    private static bool IsStart(string text, List<Token> tokens, int i)
    {
        if (!tokens[i].Is(".") || tokens[i + 1].Kind != TokenKind.Word || tokens[i + 1].Span.Start != tokens[i].Span.End) return false;
        var at = tokens[i].Span.Start - 1;
        while (at >= 0 && (text[at] is ' ' or '\t' or '\uFEFF')) at--;
        return at < 0 || text[at] is '\n' or '\r';
    }

    // Whether the last token ends the mark behind which a command has data.
    private static bool HasDataNext(string text, List<Token> tokens)
    {
        if (tokens is not [.., { Text: "<" } mark, { Text: "|" } bar] || !mark.Is("<") || !bar.Is("|")) return false;
        var start = tokens.Count - 2;
        while (start >= 0 && !IsStart(text, tokens, start)) start--;
        return start >= 0 && (tokens[start + 1].Is("execute") || (tokens[start + 1].Is("ingest") && tokens[start + 2].Is("inline")));
    }

    private static int BlankLine(string text, int from)
    {
        // The line of the mark itself may be empty.
        var line = text.IndexOf('\n', from);
        while (line >= 0)
        {
            var next = text.IndexOf('\n', line + 1);
            if (next >= 0 && string.IsNullOrWhiteSpace(text[(line + 1)..next])) return line + 1;
            line = next;
        }

        return text.Length;
    }
}
