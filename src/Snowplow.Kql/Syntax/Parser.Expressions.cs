namespace Snowplow.Kql.Syntax;

internal sealed partial class Parser
{
    private static readonly string[] ListOperators = ["in", "!in", "in~", "!in~", "has_any", "has_all"];

    private static readonly HashSet<string> TextOperators = new(
        new[] { "has", "has_cs", "hasprefix", "hasprefix_cs", "hassuffix", "hassuffix_cs", "contains", "contains_cs", "startswith", "startswith_cs", "endswith", "endswith_cs" }
            .SelectMany(name => new[] { name, "!" + name })
            .Concat(["like", "notlike", "likecs", "notlikecs", "notcontains", "notcontains_cs", "containscs", "hascs"]),
        StringComparer.Ordinal);

    /// <summary>An expression, which may be a table with operators behind it.</summary>
    private ExpressionSyntax ReadPipe()
    {
        var source = IsSource() ? ReadSource() : ReadExpression();
        if (!IsAt("|")) return source;
        var operators = ReadOperators();
        return new PipeSyntax(SpanFrom(source), source, operators);
    }

    public ExpressionSyntax ReadExpression() => Nested(ReadOr);

    private ExpressionSyntax ReadOr() => ReadLogical("or", () => ReadLogical("and", ReadEquality));

    private ExpressionSyntax ReadLogical(string word, Func<ExpressionSyntax> read)
    {
        var first = read();
        if (!IsAt(word)) return first;
        var operands = new List<ExpressionSyntax> { first };
        while (TryTake(word)) operands.Add(read());
        return new LogicalSyntax(SpanFrom(first), word, operands);
    }

    private ExpressionSyntax ReadEquality()
    {
        var left = ReadRelational();
        for (var chain = 0; ; chain++)
        {
            var operation = Current.Text;
            if (IsAt("==") || IsAt("!=") || IsAt("<>") || IsAt("=~") || IsAt("!~"))
            {
                _at++;
                left = Binary(left, operation == "<>" ? "!=" : operation, ReadRelational(), chain);
            }
            else if (_isInSearch && IsAt(":") && Ahead().Kind == TokenKind.Text)
            {
                _at++;
                left = Binary(left, operation, ReadTexts(), chain);
            }
            else if (Current.Kind == TokenKind.Word && ListOperators.Contains(operation))
            {
                _at++;
                Expect("(");
                var values = ReadList(() => Nested(ReadPipe));
                Expect(")");
                left = Limited(new InSyntax(SpanFrom(left), operation, left, values), chain);
            }
            else if (IsAt("between") || IsAt("!between"))
            {
                _at++;
                Expect("(");
                var low = ReadExpression();
                Expect("..");
                var high = ReadExpression();
                Expect(")");
                left = Limited(new BetweenSyntax(SpanFrom(left), operation == "!between", left, low, high), chain);
            }
            else
            {
                return left;
            }
        }
    }

    private ExpressionSyntax ReadRelational() => ReadBinary(ReadAdditive, "<", ">", "<=", ">=");

    private ExpressionSyntax ReadAdditive() => ReadBinary(ReadMultiplicative, "+", "-");

    private ExpressionSyntax ReadMultiplicative() => ReadBinary(ReadTextOperator, "*", "/", "%");

    private ExpressionSyntax ReadBinary(Func<ExpressionSyntax> read, params ReadOnlySpan<string> operators)
    {
        var left = read();
        for (var chain = 0; Current.Kind == TokenKind.Mark && operators.Contains(Current.Text); chain++) left = Binary(left, Next().Text, read(), chain);
        return left;
    }

    private ExpressionSyntax ReadTextOperator()
    {
        var left = ReadUnary();
        for (var chain = 0; Current.Kind == TokenKind.Word; chain++)
        {
            if (TextOperators.Contains(Current.Text))
            {
                left = Binary(left, Next().Text, ReadUnary(), chain);
            }
            else if (IsAt("matches"))
            {
                _at++;
                Expect("regex");
                left = Binary(left, "matches regex", ReadUnary(), chain);
            }
            else
            {
                break;
            }
        }

        return left;
    }

    private BinarySyntax Binary(ExpressionSyntax left, string operation, ExpressionSyntax right, int chain) =>
        Limited(new BinarySyntax(SpanFrom(left), operation, left, right), chain);

    private T Limited<T>(T expression, int chain)
    {
        if (chain >= MaxChain) throw Fail($"More than {MaxChain} operators in a line", Current.Span);
        return expression;
    }

    private ExpressionSyntax ReadUnary()
    {
        if (!IsAt("-") && !IsAt("+")) return ReadPostfix();
        var sign = Next();
        var operand = Nested(ReadUnary);
        return new UnarySyntax(SpanFrom(sign), sign.Text, operand);
    }

    private ExpressionSyntax ReadPostfix()
    {
        var expression = ReadPrimary();
        for (var chain = 0; ; chain++)
        {
            if (IsAt(".") && expression is CallSyntax { Name: "database" or "cluster" } or QualifiedSyntax { Name: CallSyntax { Name: "database" } })
            {
                _at++;
                ExpressionSyntax named = Ahead().Is("(") ? ReadCall() : ReadNamedTable();
                expression = Limited(new QualifiedSyntax(SpanFrom(expression), expression, named), chain);
            }
            else if (IsAt(".") && Ahead().Kind is TokenKind.Word or TokenKind.Literal)
            {
                _at++;
                var member = Next().Text;
                expression = Limited(new MemberSyntax(SpanFrom(expression), expression, member), chain);
            }
            else if (IsAt(".") && Ahead().Is("["))
            {
                _at++;
                var name = ExpectName();
                expression = Limited(new MemberSyntax(SpanFrom(expression), expression, name.Text), chain);
            }
            else if (IsAt("["))
            {
                _at++;
                var index = ReadExpression();
                Expect("]");
                expression = Limited(new IndexSyntax(SpanFrom(expression), expression, index), chain);
            }
            else
            {
                return expression;
            }
        }
    }

    private NameSyntax ReadNamedTable()
    {
        var name = ExpectName("a table or function");
        return new NameSyntax(name.Span, name.Text);
    }

    private ExpressionSyntax ReadPrimary()
    {
        var token = Current;
        switch (token.Kind)
        {
            case TokenKind.Literal:
                _at++;
                return new LiteralSyntax(token.Span, token.Value!);
            case TokenKind.Text:
                return ReadTexts();
            case TokenKind.Mark when IsAt("("):
                _at++;
                var inner = Nested(ReadPipe);
                Expect(")");
                return inner;
            case TokenKind.Mark when IsAt("*"):
                _at++;
                return new StarSyntax(token.Span);
            case TokenKind.Mark when IsAt("[") && Ahead().Kind == TokenKind.Text && Ahead(2).Is("]") && Ahead(3).Is("("):
                return ReadCall();
            case TokenKind.Mark when IsAt("[") && Ahead().Kind == TokenKind.Text:
                var quoted = ExpectName();
                return new NameSyntax(quoted.Span, quoted.Text);
            case TokenKind.Word when IsAt("typeof"):
                _at++;
                Expect("(");
                var type = ReadType();
                Expect(")");
                return new TypeSyntax(SpanFrom(token), type);
            case TokenKind.Word when Ahead().Is("(") && !IsSourceWord(token.Text):
                return ReadCall();
            case TokenKind.Word when !token.Text.StartsWith('!') && token.Text is not "by":
                _at++;
                return new NameSyntax(token.Span, token.Text);
            default:
                throw Expected("an expression");
        }
    }

    private static bool IsSourceWord(string word) => word is "datatable" or "externaldata";

    // Literals that stand side by side are one.
    private LiteralSyntax ReadTexts()
    {
        var first = Next();
        if (Current.Kind != TokenKind.Text) return new LiteralSyntax(first.Span, new Literal(Data.KqlType.String, first.Text));
        var text = new System.Text.StringBuilder(first.Text);
        while (Current.Kind == TokenKind.Text) text.Append(Next().Text);
        return new LiteralSyntax(SpanFrom(first), new Literal(Data.KqlType.String, text.ToString()));
    }

    private CallSyntax ReadCall()
    {
        var name = ExpectName();
        Expect("(");
        var arguments = IsAt(")") ? [] : Nested(() => ReadList(ReadArgument));
        Expect(")");
        return new CallSyntax(SpanFrom(name), name.Text, arguments);
    }

    private ExpressionSyntax ReadArgument()
    {
        var start = Current;
        if (Current.Kind == TokenKind.Word && Ahead().Is("=") && !Ahead(2).Is("="))
        {
            _at += 2;
            var value = ReadPipe();
            return new NamedSyntax(SpanFrom(start), [start.Text], value);
        }

        return ReadPipe();
    }

    /// <summary><c>expression</c>, <c>name = expression</c> or <c>(a, b) = expression</c>.</summary>
    private ExpressionSyntax ReadNamed()
    {
        var start = Current;
        if (Current.Kind == TokenKind.Word && Ahead().Is("="))
        {
            _at += 2;
            var value = ReadExpression();
            return new NamedSyntax(SpanFrom(start), [start.Text], value);
        }

        if (IsAt("[") && Ahead().Kind == TokenKind.Text && Ahead(2).Is("]") && Ahead(3).Is("="))
        {
            var name = TakeQuotedName().Text;
            _at++;
            var value = ReadExpression();
            return new NamedSyntax(SpanFrom(start), [name], value);
        }

        if (IsAt("(") && NamesEnd() is { } end)
        {
            _at++;
            var names = ReadList(() => ExpectName().Text);
            _at = end + 2;
            var value = ReadExpression();
            return new NamedSyntax(SpanFrom(start), names, value);
        }

        return ReadExpression();
    }

    // Place of the closing parenthesis in "(a, b) =".
    private int? NamesEnd()
    {
        var i = _at + 1;
        while (_tokens[i].Kind == TokenKind.Word && _tokens[i + 1].Is(",")) i += 2;
        return _tokens[i].Kind == TokenKind.Word && _tokens[i + 1].Is(")") && _tokens[Math.Min(i + 2, _tokens.Count - 1)].Is("=") ? i + 1 : null;
    }
}
