using Snowplow.Kql.Data;

namespace Snowplow.Kql.Syntax;

internal sealed partial class Parser
{
    public List<StatementSyntax> ReadStatements(string? end)
    {
        var statements = new List<StatementSyntax>();
        while (true)
        {
            while (TryTake(";"))
            {
            }

            if (Current.Kind == TokenKind.End || (end is not null && IsAt(end))) return statements;
            try
            {
                statements.Add(ReadStatement());
                if (Current.Kind != TokenKind.End && !IsAt(";") && (end is null || !IsAt(end))) throw Expected(end is null ? "'|' or ';'" : $"'|', ';' or '{end}'");
            }
            catch (SyntaxFailure failure)
            {
                Report(failure);
                SkipTo(";", ";");
                if (!IsAt(";") && Current.Kind != TokenKind.End && (end is null || !IsAt(end))) _at++;
            }
        }
    }

    private StatementSyntax ReadStatement()
    {
        var start = Current;
        if (IsAt("let") && Ahead(1).Kind is TokenKind.Word or TokenKind.Mark && !Ahead().Is("|")) return ReadLet();
        if (IsAt("set") && Ahead().Kind == TokenKind.Word) return ReadSet();
        if (IsAt("declare")) return ReadDeclare();
        if (Current.Text is "alias" or "restrict" or "pattern" or "macro" && Ahead().Kind == TokenKind.Word)
        {
            SkipTo(";", ";");
            return new UnsupportedStatementSyntax(SpanFrom(start), start.Text);
        }

        return new QuerySyntax(start.Span, ReadPipe()) is var query ? query with { Span = SpanFrom(start) } : query;
    }

    private SetSyntax ReadSet()
    {
        var start = Next();
        var name = ExpectName("an option").Text;
        var value = TryTake("=") ? ReadExpression() : null;
        return new SetSyntax(SpanFrom(start), name, value);
    }

    private DeclareParametersSyntax ReadDeclare()
    {
        var start = Next();
        if (!TryTake("query_parameters")) throw Expected("'query_parameters'");
        var parameters = ReadParameters();
        return new DeclareParametersSyntax(SpanFrom(start), parameters);
    }

    private StatementSyntax ReadLet()
    {
        var start = Next();
        var name = ExpectName("the name to bind").Text;
        Expect("=");
        var isView = IsAt("view") && Ahead().Is("(");
        if (isView) _at++;
        if (isView || IsFunction())
        {
            var (parameters, body) = (ReadParameters(), ReadFunctionBody());
            return new LetFunctionSyntax(SpanFrom(start), name, isView, parameters, body);
        }

        var expression = ReadPipe();
        return new LetSyntax(SpanFrom(start), name, expression);
    }

    /// <summary>The statements of a function, in braces.</summary>
    public List<StatementSyntax> ReadFunctionBody()
    {
        Expect("{");
        var body = Nested(() => ReadStatements("}"));
        Expect("}");
        return body;
    }

    // A parenthesis whose partner is followed by a brace.
    private bool IsFunction()
    {
        if (!IsAt("(")) return false;
        var depth = 0;
        for (var i = _at; i < _tokens.Count; i++)
        {
            if (_tokens[i].Is("(")) depth++;
            else if (_tokens[i].Is(")") && --depth == 0) return _tokens[i + 1].Is("{");
        }

        return false;
    }

    public List<ParameterSyntax> ReadParameters()
    {
        Expect("(");
        var parameters = IsAt(")") ? [] : ReadList(ReadParameter);
        Expect(")");
        return parameters;
    }

    private ParameterSyntax ReadParameter()
    {
        var name = ExpectName("a parameter");
        Expect(":");
        if (TryTake("("))
        {
            List<ColumnDeclaration>? columns = null;
            if (!TryTake("*")) columns = IsAt(")") ? [] : ReadList(ReadColumnDeclaration);
            Expect(")");
            return new ParameterSyntax(SpanFrom(name), name.Text, null, columns, null);
        }

        var type = ReadType();
        var value = TryTake("=") ? ReadExpression() : null;
        return new ParameterSyntax(SpanFrom(name), name.Text, type, null, value);
    }

    public ColumnDeclaration ReadColumnDeclaration()
    {
        var name = ExpectName("a column");
        Expect(":");
        var type = ReadType();
        var value = TryTake("=") ? ReadExpression() : null;
        return new ColumnDeclaration(SpanFrom(name), name.Text, type, value);
    }

    private KqlType ReadType()
    {
        if (Current.Kind == TokenKind.Word && KqlTypes.TryParse(Current.Text, out var type))
        {
            _at++;
            return type;
        }

        throw Expected("a type (bool, int, long, real, decimal, datetime, timespan, guid, string or dynamic)");
    }
}
