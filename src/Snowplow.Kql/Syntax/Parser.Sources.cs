namespace Snowplow.Kql.Syntax;

internal sealed partial class Parser
{
    private bool IsSource() => Current.Kind == TokenKind.Word && Current.Text switch
    {
        "print" => !Ahead().Is("=") && !Ahead().Is(")") && !Ahead().Is(",") && !Ahead().Is("."),
        "range" => Ahead().Kind is TokenKind.Word or TokenKind.QuotedName && Ahead(2).Is("from"),
        "datatable" or "externaldata" => Ahead().Is("("),
        "union" or "search" or "find" or "evaluate" => Ahead().Kind is TokenKind.Word or TokenKind.QuotedName or TokenKind.Text || Ahead().Is("(") || Ahead().Is("*"),
        _ => false,
    };

    private SourceSyntax ReadSource()
    {
        var start = Current;
        var source = ReadOperator(ReadOperatorName());
        return new SourceSyntax(SpanFrom(start), source);
    }

    private RangeSyntax ReadRange(Token name)
    {
        var column = ExpectName("a column").Text;
        Expect("from");
        var from = ReadExpression();
        Expect("to");
        var to = ReadExpression();
        Expect("step");
        return new RangeSyntax(name.Span, column, from, to, ReadExpression());
    }

    private DataTableSyntax ReadDataTable(Token name)
    {
        Expect("(");
        var columns = IsAt(")") ? [] : ReadList(ReadColumnDeclaration);
        Expect(")");
        if (TryTake("with"))
        {
            Expect("(");
            SkipTo(")", ")");
            Expect(")");
        }

        Expect("[");
        var values = new List<ExpressionSyntax>();
        while (!IsAt("]"))
        {
            values.Add(ReadExpression());
            if (!TryTake(",")) break;
        }

        Expect("]");
        return new DataTableSyntax(name.Span, columns, values);
    }

    private ExternalDataSyntax ReadExternalData(Token name)
    {
        Expect("(");
        var columns = ReadList(ReadColumnDeclaration);
        Expect(")");
        Expect("[");
        var paths = ReadList(ReadExpression);
        Expect("]");
        return new ExternalDataSyntax(name.Span, columns, paths, ReadProperties());
    }
}
