using Snowplow.Kql.Syntax;

namespace Snowplow.Kql.Commands.Core;

/// <summary>
/// Cuts a text into commands: one begins wherever a line begins with a dot and a word, outside of brackets and strings. So blank lines and comments
/// between commands, and within them, mean nothing.
/// </summary>
internal static class Script
{
    /// <summary>Whether a text begins with a command rather than a query.</summary>
    public static bool IsCommand(string text)
    {
        var tokens = new Lexer(text, []).Read();
        return tokens[0].Is(".") && tokens[1].Kind == TokenKind.Word;
    }

    /// <summary>The commands of a text, each the tokens of one, with what is wrong before the first.</summary>
    public static IReadOnlyList<List<Token>> Split(string text, List<Diagnostic> diagnostics) => Split(text, new Lexer(text, diagnostics).Read(), diagnostics);

    /// <summary>The commands among tokens.</summary>
    public static IReadOnlyList<List<Token>> Split(string text, List<Token> tokens, List<Diagnostic> diagnostics)
    {
        var starts = new List<int>();
        var depth = 0;
        for (var i = 0; i < tokens.Count; i++)
        {
            if (depth == 0 && IsStart(text, tokens, i))
            {
                starts.Add(i);
                // What it runs are commands too, which are its own.
                if (tokens[i + 1].Is("execute")) break;
            }
            else if (tokens[i].Kind == TokenKind.Mark)
            {
                if (tokens[i].Text is "(" or "[" or "{") depth++;
                else if (tokens[i].Text is ")" or "]" or "}") depth = Math.Max(0, depth - 1);
            }
        }

        if ((starts.Count == 0 || starts[0] > 0) && tokens[0].Kind != TokenKind.Bad)
            diagnostics.Add(new Diagnostic("SYN0002", $"Expected a control command, which begins with a dot{(tokens[0].Kind == TokenKind.End ? "" : $", not '{tokens[0].Text}'")}", tokens[0].Span));
        return [.. starts.Select((start, n) => Command(tokens, start, n + 1 < starts.Count ? starts[n + 1] : tokens.Count - 1))];
    }

    // The end of a command stands where its last token ends, so that a missing part is told there.
    private static List<Token> Command(List<Token> tokens, int start, int end) =>
        [.. tokens[start..end], new Token(TokenKind.End, "", new TextSpan(tokens[end - 1].Span.End, 0))];

    private static bool IsStart(string text, List<Token> tokens, int i)
    {
        if (!tokens[i].Is(".") || tokens[i + 1].Kind != TokenKind.Word || tokens[i + 1].Span.Start != tokens[i].Span.End) return false;
        var at = tokens[i].Span.Start - 1;
        while (at >= 0 && (text[at] is ' ' or '\t' or '\uFEFF')) at--;
        return at < 0 || text[at] is '\n' or '\r';
    }
}
