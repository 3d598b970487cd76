using Snowplow.Kql.Syntax;

namespace Snowplow.Kql.Commands.Core;

/// <summary>Finds the form of a command and has it read.</summary>
internal static class CommandParser
{
    private const int MaxWords = 8;

    /// <summary>Reads a command; null where it is none, which the diagnostics tell.</summary>
    public static ParsedCommand? Parse(string text, List<Token> tokens, List<Diagnostic> diagnostics)
    {
        var reader = new CommandReader(text, tokens, diagnostics);
        var before = diagnostics.Count;
        try
        {
            var form = Find(Words(tokens));
            reader.Parser.Next();
            foreach (var word in form.Words.Split(' ').TakeWhile(word => word != "*")) reader.Word(word);
            var action = form.Read(reader);
            var operators = reader.Parser.ReadOperators();
            if (reader.Parser.Current.Kind != TokenKind.End) throw reader.Parser.Expected($"the end of the command ({form.Usage})");
            return diagnostics.Count > before ? null : new ParsedCommand(form, action, operators);
        }
        catch (Parser.SyntaxFailure failure)
        {
            if (failure.Diagnostic is { } diagnostic) diagnostics.Add(diagnostic);
            return null;
        }
    }

    /// <summary>What kind of command tokens begin with, as Kusto names it: <c>CreateMergeTable</c>.</summary>
    public static string Kind(List<Token> tokens)
    {
        try
        {
            var words = Find(Words(tokens)).Words.Split([' ', '-']).Where(word => word != "*");
            return string.Concat(words.Select(word => $"{char.ToUpperInvariant(word[0])}{word[1..]}"));
        }
        catch (Parser.SyntaxFailure)
        {
            return "Unknown";
        }
    }

    private static CommandForm Find(List<(string Text, bool IsName, TextSpan Span)> words)
    {
        CommandForm? best = null;
        var (length, stars) = (0, 0);
        var (furthest, expected) = (0, new SortedSet<string>(StringComparer.Ordinal));
        foreach (var form in CommandTable.All)
        {
            var parts = form.Words.Split(' ');
            var matched = 0;
            while (matched < parts.Length && matched < words.Count && Matches(parts[matched], words[matched])) matched++;
            if (matched == parts.Length)
            {
                var ownStars = parts.Count(part => part == "*");
                if (best is not null && (parts.Length, -ownStars).CompareTo((length, -stars)) <= 0) continue;
                (best, length, stars) = (form, parts.Length, ownStars);
            }
            else if (matched >= furthest)
            {
                if (matched > furthest) expected.Clear();
                furthest = matched;
                expected.Add(parts[matched] == "*" ? "a name" : $"'{(matched == 0 ? "." : "")}{parts[matched]}'");
            }
        }

        if (best is not null) return best;
        var last = furthest < words.Count ? words[furthest] : (Text: "", IsName: false, words[^1].Span);
        var found = last.Text.Length == 0 ? ", but the command ends here" : $", not '{(furthest == 0 ? "." : "")}{last.Text}'";
        throw Parser.Fail($"Expected {string.Join(", ", expected)}{found}", last.Span);
    }

    private static bool Matches(string part, (string Text, bool IsName, TextSpan Span) word) => part == "*" || (!word.IsName && word.Text == part);

    // What the command begins with: words, names in brackets, and lists in parentheses, which stand for names.
    private static List<(string Text, bool IsName, TextSpan Span)> Words(List<Token> tokens)
    {
        var words = new List<(string, bool, TextSpan)>();
        for (var i = 1; words.Count < MaxWords; i++)
        {
            var first = tokens[i];
            if (first.Kind == TokenKind.Word)
            {
                var word = first.Text;
                while (tokens[i + 1].Is("-") && tokens[i + 2].Kind == TokenKind.Word && tokens[i + 2].Span.Start == tokens[i].Span.End + 1)
                {
                    word += $"-{tokens[i + 2].Text}";
                    i += 2;
                }

                words.Add((word, false, TextSpan.Between(first.Span, tokens[i].Span)));
            }
            else if (first.Is("(") || first.Is("["))
            {
                var close = first.Is("(") ? ")" : "]";
                while (tokens[i].Kind != TokenKind.End && !tokens[i].Is(close)) i++;
                if (tokens[i].Kind == TokenKind.End) break;
                words.Add((first.Text, true, first.Span));
            }
            else if (first.Is("*"))
            {
                words.Add((first.Text, true, first.Span));
            }
            else
            {
                break;
            }
        }

        return words;
    }
}
