namespace Snowplow.Kql.Syntax;

internal sealed partial class Parser
{
    // Operators that are told apart by a hyphenated name; the lexer gives their parts.
    private static readonly string[] Hyphenated =
    [
        "project-away", "project-keep", "project-rename", "project-reorder", "project-by-names", "project-smart", "mv-expand", "mv-apply", "make-series",
        "make-graph", "parse-where", "parse-kv", "top-nested", "top-hitters", "sample-distinct", "graph-match", "graph-to-table", "graph-shortest-paths",
        "graph-mark-components", "graph-where-nodes", "graph-where-edges", "macro-expand", "assert-schema", "execute-and-cache",
    ];

    private static readonly string[] Unsupported =
    [
        "reduce", "make-graph", "graph-match", "graph-to-table", "graph-shortest-paths", "graph-mark-components", "graph-where-nodes",
        "graph-where-edges", "macro-expand", "assert-schema", "execute-and-cache", "externaldata", "project-smart",
    ];

    /// <summary>The operators behind a table, each after its bar.</summary>
    public List<OperatorSyntax> ReadOperators()
    {
        var operators = new List<OperatorSyntax>();
        while (TryTake("|"))
        {
            try
            {
                if (operators.Count >= MaxChain) throw Fail($"More than {MaxChain} operators in a line", Current.Span);
                operators.Add(Nested(() => ReadOperator(ReadOperatorName())));
            }
            catch (SyntaxFailure failure)
            {
                Report(failure);
                SkipTo("|", ";");
            }
        }

        return operators;
    }

    /// <summary>Operators within parentheses, without a table: the body of mv-apply, partition, fork.</summary>
    private List<OperatorSyntax> ReadBody(string open = "(", string close = ")")
    {
        Expect(open);
        var operators = new List<OperatorSyntax> { Nested(() => ReadOperator(ReadOperatorName())) };
        operators.AddRange(ReadOperators());
        Expect(close);
        return operators;
    }

    private Token ReadOperatorName()
    {
        if (Current.Kind != TokenKind.Word) throw Expected("an operator such as where, extend or summarize");
        var first = Next();
        foreach (var name in Hyphenated)
        {
            var parts = name.Split('-');
            if (parts[0] != first.Text || !Enumerable.Range(1, parts.Length - 1).All(i => _tokens[Math.Min(_at + (2 * i) - 2, _tokens.Count - 1)].Is("-") && Ahead((2 * i) - 1).Is(parts[i]))) continue;
            _at += 2 * (parts.Length - 1);
            return first with { Text = name, Span = SpanFrom(first) };
        }

        return first;
    }

    private OperatorSyntax ReadOperator(Token name)
    {
        OperatorSyntax read = name.Text switch
        {
            "where" or "filter" => new WhereSyntax(name.Span, ReadExpression()),
            "project" => new ProjectSyntax(name.Span, IsOperatorEnd() ? [] : ReadList(ReadNamed)),
            "extend" => new ExtendSyntax(name.Span, ReadList(ReadNamed)),
            "serialize" => new SerializeSyntax(name.Span, IsOperatorEnd() ? [] : ReadList(ReadNamed)),
            "project-away" => new ProjectNamesSyntax(name.Span, false, ReadList(ReadNameOrPattern)),
            "project-keep" => new ProjectNamesSyntax(name.Span, true, ReadList(ReadNameOrPattern)),
            "project-rename" => new ProjectRenameSyntax(name.Span, IsOperatorEnd() ? [] : ReadList(ReadNamed)),
            "project-reorder" => new ProjectReorderSyntax(name.Span, ReadList(ReadReordered)),
            "project-by-names" => new ProjectByNamesSyntax(name.Span, ReadList(ReadExpression)),
            "summarize" => ReadSummarize(name),
            "distinct" => new DistinctSyntax(name.Span, ReadList(ReadNamed)),
            "count" => new CountSyntax(name.Span, TryTake("as") ? ExpectName().Text : "Count"),
            "take" or "limit" => new TakeSyntax(name.Span, ReadExpression()),
            "sort" or "order" => ReadSort(name),
            "top" => ReadTop(name),
            "join" => ReadJoin(name, false),
            "lookup" => ReadJoin(name, true),
            "union" => ReadUnion(name),
            "mv-expand" or "mvexpand" => new MvExpandSyntax(name.Span, ReadParameterList(), ReadList(ReadExpanded), TryTake("limit") ? ReadExpression() : null),
            "mv-apply" or "mvapply" => ReadMvApply(name),
            "as" => new AsSyntax(name.Span, ReadAs()),
            "render" => ReadRender(name),
            "getschema" => new GetSchemaSyntax(name.Span),
            "consume" => ReadConsume(name),
            "print" => new PrintSyntax(name.Span, ReadList(ReadNamed)),
            "range" => ReadRange(name),
            "datatable" => ReadDataTable(name),
            "externaldata" => ReadExternalData(name),
            _ => ReadFurtherOperator(name),
        };
        return read with { Span = SpanFrom(name) };
    }

    private OperatorSyntax ReadFurtherOperator(Token name) => name.Text switch
    {
        "make-series" => ReadMakeSeries(name),
        "parse" => ReadParse(name, false),
        "parse-where" => ReadParse(name, true),
        "parse-kv" => ReadParseKv(name),
        "evaluate" => ReadEvaluate(name),
        "scan" => ReadScan(name),
        "top-nested" => ReadTopNested(name),
        "top-hitters" => ReadTopHitters(name),
        "sample" => new SampleSyntax(name.Span, ReadExpression()),
        "sample-distinct" => ReadSampleDistinct(name),
        "partition" => ReadPartition(name),
        "search" => ReadSearch(name),
        "find" => ReadFind(name),
        "invoke" => new InvokeSyntax(name.Span, ReadCall()),
        "fork" => ReadFork(name),
        "facet" => ReadFacet(name),
        _ when Unsupported.Contains(name.Text) => SkipOperator(name),
        _ => throw Fail($"'{name.Text}' is no operator: expected where, project, extend, summarize, sort, take, join, union or another one of KQL", name.Span),
    };

    private UnsupportedSyntax SkipOperator(Token name)
    {
        SkipTo("|", ";");
        return new UnsupportedSyntax(name.Span, name.Text);
    }

    private bool IsOperatorEnd() => Current.Kind == TokenKind.End || IsAt("|") || IsAt(";") || IsAt(")") || IsAt("}");

    private List<OperatorParameter> ReadParameterList()
    {
        var parameters = new List<OperatorParameter>();
        while (Current.Kind == TokenKind.Word)
        {
            var start = Current;
            var dotted = Ahead().Is(".") && Ahead(2).Kind == TokenKind.Word && Ahead(3).Is("=");
            if (!dotted && (!Ahead().Is("=") || !IsParameter(start.Text))) break;
            var name = dotted ? $"{start.Text}.{Ahead(2).Text}" : start.Text;
            _at += dotted ? 4 : 2;
            // A name is not called, although a parenthesis may follow: kind=inner (T).
            var value = Current.Kind == TokenKind.Word ? NameOf(Next()) : ReadPostfix();
            parameters.Add(new OperatorParameter(SpanFrom(start), name, value));
        }

        return parameters;
    }

    private static NameSyntax NameOf(Token token) => new(token.Span, token.Text);

    private static bool IsParameter(string name) => name is "kind" or "withsource" or "with_source" or "isfuzzy" or "with_itemindex" or "bagexpansion"
        or "flags" or "with_match_id" or "decodeblocks" or "expandoutput" or "hint" or "best_effort";

    private SummarizeSyntax ReadSummarize(Token name)
    {
        ReadParameterList();
        List<ExpressionSyntax> aggregates = IsAt("by") || IsOperatorEnd() ? [] : ReadList(ReadNamed);
        if (aggregates.Count == 0 && !IsAt("by")) throw Expected("an aggregate such as count(), or 'by' and columns");
        return new SummarizeSyntax(name.Span, aggregates, TryTake("by") ? ReadList(ReadNamed) : null);
    }

    private SortSyntax ReadSort(Token name)
    {
        ReadParameterList();
        Expect("by");
        return new SortSyntax(name.Span, ReadList(ReadOrdered));
    }

    private TopSyntax ReadTop(Token name)
    {
        var count = ReadExpression();
        Expect("by");
        return new TopSyntax(name.Span, count, ReadOrdered());
    }

    private OrderedSyntax ReadOrdered()
    {
        var expression = ReadNamed();
        bool? isAscending = TryTake("asc") ? true : TryTake("desc") ? false : null;
        bool? nullsFirst = null;
        if (TryTake("nulls")) nullsFirst = TryTake("first") ? true : TryTake("last") ? false : throw Expected("'first' or 'last'");
        return new OrderedSyntax(SpanFrom(expression), expression, isAscending, nullsFirst);
    }

    private OrderedSyntax ReadReordered()
    {
        var expression = ReadNameOrPattern();
        bool? isAscending = TryTake("asc") || TryTake("granny-asc") ? true : TryTake("desc") ? false : null;
        return new OrderedSyntax(SpanFrom(expression), expression, isAscending, null);
    }

    /// <summary>A name, or one with stars, whose parts stand without blanks between them.</summary>
    private ExpressionSyntax ReadNameOrPattern()
    {
        var start = Current;
        if (!IsAt("*") && !(Current.Kind == TokenKind.Word && Ahead().Is("*") && Ahead().Span.Start == Current.Span.End))
        {
            var name = ExpectName("a column");
            return new NameSyntax(name.Span, name.Text);
        }

        var pattern = Next().Text;
        while ((IsAt("*") || Current.Kind is TokenKind.Word or TokenKind.Literal) && Current.Span.Start == _tokens[_at - 1].Span.End) pattern += Next().Text;
        return new PatternSyntax(SpanFrom(start), pattern);
    }

    private JoinSyntax ReadJoin(Token name, bool isLookup)
    {
        var parameters = ReadParameterList();
        var right = ReadPrimaryTable();
        if (isLookup) parameters.AddRange(ReadParameterList());
        if (!IsAt("on") && isLookup) return new JoinSyntax(name.Span, isLookup, parameters, right, []);
        Expect("on");
        return new JoinSyntax(name.Span, isLookup, parameters, right, ReadList(ReadExpression));
    }

    private ExpressionSyntax ReadPrimaryTable() => IsAt("datatable") ? ReadSource() : ReadPostfix();

    private UnionSyntax ReadUnion(Token name)
    {
        var parameters = ReadParameterList();
        return new UnionSyntax(name.Span, parameters, ReadList(ReadUnited));
    }

    private ExpressionSyntax ReadUnited() =>
        IsAt("*") || (Current.Kind == TokenKind.Word && Ahead().Is("*") && Ahead().Span.Start == Current.Span.End) ? ReadNameOrPattern() : ReadPrimaryTable();

    private ExpandedSyntax ReadExpanded()
    {
        var expression = ReadNamed();
        Data.KqlType? type = null;
        if (TryTake("to"))
        {
            Expect("typeof");
            Expect("(");
            type = ReadType();
            Expect(")");
        }

        return new ExpandedSyntax(expression, type);
    }

    private MvApplySyntax ReadMvApply(Token name)
    {
        var parameters = ReadParameterList();
        var columns = ReadList(ReadExpanded);
        var limit = TryTake("limit") ? ReadExpression() : null;
        Expect("on");
        return new MvApplySyntax(name.Span, parameters, columns, limit, ReadBody());
    }

    private ConsumeSyntax ReadConsume(Token name)
    {
        ReadParameterList();
        return new ConsumeSyntax(name.Span);
    }

    private string ReadAs()
    {
        ReadParameterList();
        return ExpectName().Text;
    }

    private RenderSyntax ReadRender(Token name)
    {
        var kind = ExpectName("the kind of a chart").Text;
        return new RenderSyntax(name.Span, kind, ReadProperties());
    }

    // with (name = value, …), where it stands here.
    private List<OperatorParameter> ReadProperties()
    {
        if (!TryTake("with")) return [];
        Expect("(");
        var properties = IsAt(")") ? [] : ReadList(ReadProperty);
        Expect(")");
        return properties;
    }

    private OperatorParameter ReadProperty()
    {
        var name = ExpectName("a property");
        Expect("=");
        var values = new List<ExpressionSyntax> { ReadExpression() };
        while (IsAt(",") && !(Ahead().Kind == TokenKind.Word && Ahead(2).Is("=")))
        {
            _at++;
            values.Add(ReadExpression());
        }

        return new OperatorParameter(SpanFrom(name), name.Text, values.Count == 1 ? values[0] : new CallSyntax(SpanFrom(name), "", values));
    }
}
