namespace Snowplow.Kql.Syntax;

/// <summary>
/// Reads a query text by recursive descent. It never throws: what is wrong becomes diagnostics, and reading goes on at the next operator or
/// statement. Depth and length of chains are limited, so that no text overflows the stack here or in what walks the tree.
/// </summary>
internal sealed partial class Parser
{
    private const int MaxDepth = 200;
    private const int MaxChain = 400;
    private const int MaxDiagnostics = 50;

    private const string TooDeep = "The query is nested too deeply";

    private readonly List<Diagnostic> _diagnostics;
    private readonly List<Token> _tokens;
    private int _at;
    private int _depth;

    // Whether a colon stands between a column and a term.
    private bool _isInSearch;

    private Parser(string text, List<Diagnostic> diagnostics)
        : this(new Lexer(text, 0, diagnostics).Read(), diagnostics)
    {
    }

    /// <summary>Reads tokens, the last of kind End.</summary>
    public Parser(List<Token> tokens, List<Diagnostic> diagnostics)
    {
        _diagnostics = diagnostics;
        _tokens = tokens;
    }

    /// <summary>The token that is read next.</summary>
    public Token Current => _tokens[_at];

    /// <summary>Reads a whole text.</summary>
    public static (IReadOnlyList<StatementSyntax> Statements, IReadOnlyList<Diagnostic> Diagnostics) Parse(string text)
    {
        var diagnostics = new List<Diagnostic>();
        var parser = new Parser(text, diagnostics);
        var statements = parser.ReadStatements(null);
        return (statements, [.. diagnostics.OrderBy(diagnostic => diagnostic.Span.Start).Take(MaxDiagnostics)]);
    }

    public Token Ahead(int count = 1) => _tokens[Math.Min(_at + count, _tokens.Count - 1)];

    public bool IsAt(string text) => Current.Is(text);

    public Token Next()
    {
        var token = Current;
        if (token.Kind != TokenKind.End) _at++;
        return token;
    }

    public bool TryTake(string text)
    {
        if (!IsAt(text)) return false;
        _at++;
        return true;
    }

    public Token Expect(string text) => IsAt(text) ? Next() : throw Expected($"'{text}'");

    public Token ExpectName(string what = "a name") =>
        Current.Kind is TokenKind.Word or TokenKind.QuotedName && !Current.Text.StartsWith('!') ? Next()
        : IsAt("[") && Ahead().Kind == TokenKind.Text && Ahead(2).Is("]") ? TakeQuotedName()
        : throw Expected(what);

    private Token TakeQuotedName()
    {
        var name = Ahead().Text;
        var span = TextSpan.Between(Current.Span, Ahead(2).Span);
        _at += 3;
        return new Token(TokenKind.QuotedName, name, span);
    }

    public TextSpan SpanFrom(Token first) => TextSpan.Between(first.Span, _tokens[Math.Max(0, _at - 1)].Span);

    private TextSpan SpanFrom(ExpressionSyntax first) => TextSpan.Between(first.Span, _tokens[Math.Max(0, _at - 1)].Span);

    public SyntaxFailure Expected(string what) =>
        Current.Kind == TokenKind.Bad ? new SyntaxFailure(null)
        : Fail(Current.Kind == TokenKind.End ? $"Expected {what}, but the query ends here" : $"Expected {what}, not '{Current.Text}'", Current.Span);

    public static SyntaxFailure Fail(string message, TextSpan span) => new(new Diagnostic("SYN0002", message, span));

    private void Report(SyntaxFailure failure)
    {
        // A bad token has its diagnostic from the lexer.
        if (failure.Diagnostic is { } diagnostic && !_diagnostics.Exists(other => IsSameFault(other, diagnostic))) _diagnostics.Add(diagnostic);
        if (_diagnostics.Count >= MaxDiagnostics) _at = _tokens.Count - 1;
    }

    // Too deep a nesting is found again at each level that reading goes on from.
    private static bool IsSameFault(Diagnostic one, Diagnostic other) => one == other || one.Message == TooDeep && other.Message == TooDeep;

    private T Nested<T>(Func<T> read)
    {
        if (_depth >= MaxDepth) throw Fail(TooDeep, Current.Span);
        _depth++;
        try
        {
            return read();
        }
        finally
        {
            _depth--;
        }
    }

    /// <summary>Goes to the next mark of these on this level of brackets, or to a bracket that closes it.</summary>
    private void SkipTo(string first, string second)
    {
        var depth = 0;
        for (; Current.Kind != TokenKind.End; _at++)
        {
            if (Current.Kind != TokenKind.Mark) continue;
            if (depth == 0 && (IsAt(first) || IsAt(second))) return;
            if (IsAt("(") || IsAt("[") || IsAt("{")) depth++;
            else if (IsAt(")") || IsAt("]") || IsAt("}"))
            {
                if (depth == 0) return;
                depth--;
            }
        }
    }

    public List<T> ReadList<T>(Func<T> read)
    {
        var items = new List<T> { read() };
        while (TryTake(",")) items.Add(read());
        return items;
    }

    /// <summary>Ends reading of a part; its diagnostic is null where the lexer has given one.</summary>
    internal sealed class SyntaxFailure(Diagnostic? diagnostic) : Exception
    {
        public Diagnostic? Diagnostic { get; } = diagnostic;
    }
}
