namespace Snowplow.Kql.Syntax;

internal sealed partial class Parser
{
    private SearchSyntax ReadSearch(Token name)
    {
        var parameters = ReadParameterList();
        var tables = ReadTables(ReadNameOrPattern);
        return new SearchSyntax(name.Span, parameters, tables, ReadSearchCondition());
    }

    private FindSyntax ReadFind(Token name)
    {
        var parameters = ReadParameterList();
        var tables = ReadTables(ReadUnited);
        TryTake("where");
        var predicate = ReadSearchCondition();
        if (!IsAt("project")) return new FindSyntax(name.Span, parameters, tables, predicate, null, false);
        var project = ReadOperatorName();
        if (project.Text == "project-smart") return new FindSyntax(name.Span, parameters, tables, predicate, null, false);
        if (project.Text != "project") throw Fail($"Expected 'project' or 'project-smart', not '{project.Text}'", project.Span);
        List<FindColumn> columns = [];
        var packs = false;
        do
        {
            packs = IsAt("pack_all") && Ahead().Is("(");
            if (packs)
            {
                _at++;
                Expect("(");
                Expect(")");
            }
            else
            {
                var column = ExpectName("a column or pack_all()");
                Data.KqlType? type = TryTake(":") ? ReadType() : null;
                columns.Add(new FindColumn(SpanFrom(column), column.Text, type));
            }
        }
        while (!packs && TryTake(","));
        return new FindSyntax(name.Span, parameters, tables, predicate, columns, packs);
    }

    // Within it a colon stands between a column and a term.
    private ExpressionSyntax ReadSearchCondition()
    {
        var isWithin = _isInSearch;
        _isInSearch = true;
        try
        {
            return ReadExpression();
        }
        finally
        {
            _isInSearch = isWithin;
        }
    }

    // in (T1, T2, A*)
    private List<ExpressionSyntax>? ReadTables(Func<ExpressionSyntax> read)
    {
        if (!TryTake("in")) return null;
        Expect("(");
        var tables = ReadList(read);
        Expect(")");
        return tables;
    }
}
