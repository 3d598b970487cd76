using Snowplow.Kql.Data;
using Snowplow.Kql.Schema;
using Snowplow.Kql.Syntax;

namespace Snowplow.Kql.Commands.Core;

/// <summary>Reads the parts that commands are made of. What is wrong ends the reading (<see cref="Parser.SyntaxFailure"/>).</summary>
/// <param name="text">The text that the tokens are of.</param>
/// <param name="tokens">The tokens of one command, the last of kind End.</param>
/// <param name="diagnostics">Takes what is wrong within queries and bodies.</param>
internal sealed class CommandReader(string text, List<Token> tokens, List<Diagnostic> diagnostics)
{
    /// <summary>Reads tokens, queries and bodies.</summary>
    public Parser Parser { get; } = new(tokens, diagnostics);

    /// <summary>The whole text.</summary>
    public string Text => text;

    /// <summary>A name of a thing.</summary>
    public Token Name(string what) => Parser.ExpectName(what);

    /// <summary>A name, or several in parentheses.</summary>
    public IReadOnlyList<Token> Names(string what)
    {
        if (!Parser.TryTake("(")) return [Name(what)];
        var names = Parser.ReadList(() => Name(what));
        Parser.Expect(")");
        return names;
    }

    /// <summary>Takes a word that may have hyphens; false where another thing stands here.</summary>
    public bool TryWord(string word)
    {
        var parts = word.Split('-');
        for (var i = 0; i < parts.Length; i++)
            if (!Parser.Ahead(2 * i).Is(parts[i]) || (i > 0 && !Parser.Ahead((2 * i) - 1).Is("-"))) return false;
        for (var i = 0; i < (2 * parts.Length) - 1; i++) Parser.Next();
        return true;
    }

    /// <summary>Takes one of these words.</summary>
    public string Word(params ReadOnlySpan<string> words)
    {
        foreach (var word in words)
            if (TryWord(word)) return word;
        throw Parser.Expected(string.Join(" or ", words.ToArray().Select(word => $"'{word}'")));
    }

    /// <summary>A string literal.</summary>
    public string Literal(string what) => Parser.Current.Kind == TokenKind.Text ? Parser.Next().Text : throw Parser.Expected(what);

    /// <summary>A long string, which may be several literals in a row.</summary>
    public string Literals(string what)
    {
        var value = Literal(what);
        while (Parser.Current.Kind == TokenKind.Text) value += Parser.Next().Text;
        return value;
    }

    /// <summary>What stands behind <c>&lt;|</c> and is no KQL.</summary>
    public Token Data(string what)
    {
        Parser.Expect("<");
        Parser.Expect("|");
        return Parser.Current.Kind == TokenKind.Text ? Parser.Next() : throw Parser.Expected(what);
    }

    /// <summary>Columns in parentheses, with their types.</summary>
    public IReadOnlyList<ColumnDeclaration> Columns()
    {
        Parser.Expect("(");
        var columns = Parser.ReadList(Parser.ReadColumnDeclaration);
        Parser.Expect(")");
        foreach (var column in columns)
            if (columns.Count(other => other.Name == column.Name) > 1) throw Parser.Fail($"There are two columns '{column.Name}'", column.Span);
        return columns;
    }

    /// <summary><c>with (name = value, …)</c>, where it stands here; values as texts.</summary>
    public CommandProperties Properties(params IReadOnlyList<string> known)
    {
        var values = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        if (!Parser.TryTake("with")) return new CommandProperties(values);
        Parser.Expect("(");
        if (!Parser.IsAt(")"))
        {
            Parser.ReadList(() =>
            {
                var name = Name("a property");
                if (!known.Contains(name.Text, StringComparer.OrdinalIgnoreCase)) throw Parser.Fail($"Unknown property '{name.Text}': expected one of {string.Join(", ", known)}", name.Span);
                Parser.Expect("=");
                values[name.Text] = Value();
                return name;
            });
        }

        Parser.Expect(")");
        return new CommandProperties(values);
    }

    /// <summary>A literal or word as a text.</summary>
    public string Value()
    {
        if (Parser.Current.Kind == TokenKind.Text) return Literal("a value");
        if (Parser.Current is { Kind: TokenKind.Literal or TokenKind.Word } token)
        {
            Parser.Next();
            return token.Value is { Value: { } value } ? DynamicValue.Text(value) : token.Text;
        }

        throw Parser.Expected("a value");
    }

    /// <summary>Parameters and body of a function of this name.</summary>
    public Func<CommandProperties, StoredFunction> Function(Token name)
    {
        var start = Parser.Current;
        var parameters = Parser.ReadParameters();
        return Body(name, parameters, Parser.SpanFrom(start));
    }

    /// <summary>A query in braces, as a function of this name without parameters.</summary>
    public Func<CommandProperties, StoredFunction> Query(Token name) => Body(name, [], new TextSpan(name.Span.Start, 0));

    private Func<CommandProperties, StoredFunction> Body(Token name, IReadOnlyList<ParameterSyntax> parameters, TextSpan parametersSpan)
    {
        var open = Parser.Current;
        var body = Parser.ReadFunctionBody();
        var span = Parser.SpanFrom(open);
        return properties => new StoredFunction(text, parametersSpan, span, new LetFunctionSyntax(TextSpan.Between(name.Span, span), name.Text, properties.IsTrue("view"), parameters, body))
        {
            Folder = properties["folder"],
            DocString = properties["docstring"],
        };
    }
}
