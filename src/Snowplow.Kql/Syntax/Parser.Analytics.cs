namespace Snowplow.Kql.Syntax;

internal sealed partial class Parser
{
    private MakeSeriesSyntax ReadMakeSeries(Token name)
    {
        var parameters = ReadParameterList();
        var aggregates = ReadList(() =>
        {
            var aggregate = ReadNamed();
            ExpressionSyntax? missing = null;
            if (IsAt("default") && Ahead().Is("="))
            {
                _at += 2;
                missing = ReadExpression();
            }

            return (aggregate, missing);
        });
        Expect("on");
        // 'in' behind the axis is no operator here.
        var on = ReadAxis();
        ExpressionSyntax? from = null, to = null, step;
        var isInRange = TryTake("in");
        if (isInRange)
        {
            Expect("range");
            Expect("(");
            from = ReadExpression();
            Expect(",");
            to = ReadExpression();
            Expect(",");
            step = ReadExpression();
            Expect(")");
        }
        else
        {
            if (TryTake("from")) from = ReadExpression();
            if (TryTake("to")) to = ReadExpression();
            Expect("step");
            step = ReadExpression();
        }

        return new MakeSeriesSyntax(name.Span, parameters, aggregates, on, from, to, step, isInRange, TryTake("by") ? ReadList(ReadNamed) : []);
    }

    private ExpressionSyntax ReadAxis()
    {
        if (Current.Kind != TokenKind.Word || !Ahead().Is("=")) return Nested(ReadAdditive);
        var start = Next();
        _at++;
        var value = Nested(ReadAdditive);
        return new NamedSyntax(SpanFrom(start), [start.Text], value);
    }

    private ParseSyntax ReadParse(Token name, bool isWhere)
    {
        var parameters = ReadParameterList();
        var expression = ReadExpression();
        Expect("with");
        var parts = new List<ParsePart>();
        while (!IsOperatorEnd())
        {
            var start = Current;
            if (TryTake("*")) parts.Add(new ParsePart(start.Span, null, null));
            else if (Current.Kind == TokenKind.Text) parts.Add(new ParsePart(start.Span, Next().Text, null));
            else parts.Add(ReadParsedColumn());
        }

        if (parts.Count == 0) throw Expected("a text or a column to parse");
        return new ParseSyntax(name.Span, isWhere, parameters, expression, parts);
    }

    private ParsePart ReadParsedColumn()
    {
        var column = ExpectName("a text, a column or '*'");
        var type = TryTake(":") ? ReadType() : Data.KqlType.String;
        return new ParsePart(column.Span, null, new ColumnDeclaration(SpanFrom(column), column.Text, type));
    }

    private ParseKvSyntax ReadParseKv(Token name)
    {
        var expression = ReadPostfix();
        Expect("as");
        Expect("(");
        var columns = ReadList(ReadColumnDeclaration);
        Expect(")");
        var parameters = new List<OperatorParameter>();
        if (TryTake("with"))
        {
            Expect("(");
            parameters = ReadList(() =>
            {
                var option = ExpectName("an option");
                if (!TryTake("=")) return new OperatorParameter(option.Span, option.Text, new LiteralSyntax(option.Span, new Literal(Data.KqlType.Bool, true)));
                var value = ReadExpression();
                return new OperatorParameter(SpanFrom(option), option.Text, value);
            });
            Expect(")");
        }

        return new ParseKvSyntax(name.Span, expression, columns, parameters);
    }

    private EvaluateSyntax ReadEvaluate(Token name)
    {
        ReadParameterList();
        var plugin = ReadCall();
        List<ColumnDeclaration>? schema = null;
        if (TryTake(":"))
        {
            Expect("(");
            schema = TryTake("*") && !TryTake(",") ? [] : ReadList(ReadColumnDeclaration);
            Expect(")");
        }

        return new EvaluateSyntax(name.Span, plugin, schema);
    }

    private ScanSyntax ReadScan(Token name)
    {
        var parameters = ReadParameterList();
        List<ColumnDeclaration> columns = [];
        if (TryTake("declare"))
        {
            Expect("(");
            columns = ReadList(ReadColumnDeclaration);
            Expect(")");
        }

        Expect("with");
        Expect("(");
        var steps = new List<ScanStepSyntax>();
        while (!IsAt(")"))
        {
            steps.Add(ReadScanStep());
            if (!TryTake(";")) break;
        }

        Expect(")");
        return new ScanSyntax(name.Span, parameters, columns, steps);
    }

    private ScanStepSyntax ReadScanStep()
    {
        var start = Current;
        Expect("step");
        var name = ExpectName("a step").Text;
        var isOptional = TryTake("optional");
        var output = "all";
        if (TryTake("output"))
        {
            Expect("=");
            output = ExpectName("all, last or none").Text;
        }

        Expect(":");
        var condition = ReadExpression();
        List<NamedSyntax> assignments = [];
        if (TryTake("=>"))
            assignments = ReadList(() => ReadNamed() as NamedSyntax ?? throw Expected("an assignment to a declared column"));
        return new ScanStepSyntax(SpanFrom(start), name, isOptional, output, condition, assignments);
    }

    private TopNestedSyntax ReadTopNested(Token name)
    {
        var clauses = new List<TopNestedClause> { ReadTopNestedClause(name) };
        while (TryTake(","))
        {
            var start = Current;
            if (ReadOperatorName().Text != "top-nested") throw Expected("'top-nested'");
            clauses.Add(ReadTopNestedClause(start));
        }

        return new TopNestedSyntax(name.Span, clauses);
    }

    private TopNestedClause ReadTopNestedClause(Token start)
    {
        var count = IsAt("of") ? null : ReadExpression();
        Expect("of");
        var of = ReadNamed();
        ExpressionSyntax? others = null;
        if (TryTake("with"))
        {
            Expect("others");
            Expect("=");
            others = ReadExpression();
        }

        Expect("by");
        var by = ReadNamed();
        var isAscending = TryTake("asc");
        if (!isAscending) TryTake("desc");
        return new TopNestedClause(SpanFrom(start), count, of, others, by, isAscending);
    }

    private TopHittersSyntax ReadTopHitters(Token name)
    {
        var count = ReadExpression();
        Expect("of");
        var of = ReadNamed();
        return new TopHittersSyntax(name.Span, count, of, TryTake("by") ? ReadExpression() : null);
    }

    private SampleDistinctSyntax ReadSampleDistinct(Token name)
    {
        var count = ReadExpression();
        Expect("of");
        return new SampleDistinctSyntax(name.Span, count, ReadNamed());
    }

    private PartitionSyntax ReadPartition(Token name)
    {
        var parameters = ReadParameterList();
        Expect("by");
        // A name alone: what stands in parentheses behind it are operators.
        var by = NameOf(ExpectName("a column"));
        return new PartitionSyntax(name.Span, parameters, by, IsAt("{") ? ReadBody("{", "}") : ReadBody());
    }

    private FacetSyntax ReadFacet(Token name)
    {
        Expect("by");
        var columns = ReadList(() =>
        {
            var column = ExpectName("a column");
            return new NameSyntax(column.Span, column.Text);
        });
        return new FacetSyntax(name.Span, columns, TryTake("with") ? ReadBody() : null);
    }

    private ForkSyntax ReadFork(Token name)
    {
        var branches = new List<(string?, IReadOnlyList<OperatorSyntax>)>();
        while (!IsOperatorEnd())
        {
            string? branch = null;
            if (Current.Kind is TokenKind.Word && Ahead().Is("="))
            {
                branch = Next().Text;
                _at++;
            }

            branches.Add((branch, ReadBody()));
        }

        if (branches.Count == 0) throw Expected("'('");
        return new ForkSyntax(name.Span, branches);
    }
}
