using Snowplow.Kql.Binding;
using Snowplow.Kql.Binding.Expressions;
using Snowplow.Kql.Data;
using Snowplow.Kql.Functions.Operators;
using Snowplow.Kql.Plan;
using Snowplow.Kql.Syntax;

namespace Snowplow.Kql.Operators;

/// <summary><c>search</c>: the rows of several tables that have a term in a string column, or meet a condition; tables without its columns have none.</summary>
internal static class Search
{
    public static PlanNode Bind(SearchSyntax syntax, PlanNode? input, Binder binder)
    {
        if (syntax.Parameters.Any(parameter => parameter.Name == "kind" && parameter.Value is NameSyntax { Name: "case_sensitive" })) throw BindFailure.NotSupported("search kind=case_sensitive", syntax.Span);
        if (input is not null) return Filtered(input, syntax.Predicate, binder) ?? throw BindFailure.Semantic("SEM0100", "The condition of search names a column that is not there", syntax.Predicate.Span);
        var names = syntax.Tables is { } tables
            ? tables.SelectMany(table => table is NameSyntax name ? [name.Name] : binder.Database.Tables.Keys.Where(own => table is PatternSyntax pattern && System.IO.Enumeration.FileSystemName.MatchesSimpleExpression(pattern.Pattern, own, ignoreCase: false)))
            : binder.Scope.Tables().Where(table => table.Bound is FunctionBinding).Select(table => table.Name).Reverse().Concat(binder.Database.Tables.Keys);
        var legs = new List<(string, PlanNode)>();
        var textless = new List<(string, PlanNode)>();
        foreach (var name in names.Distinct(StringComparer.Ordinal))
        {
            var table = binder.FindTable(name) ?? throw BindFailure.Unresolved("table", name, syntax.Span);
            if (Filtered(table, syntax.Predicate, binder) is { } leg) (MayHold(table, syntax.Predicate) ? legs : textless).Add((name, leg));
        }

        if (legs.Count == 0) legs = textless;

        return legs.Count > 0 ? Union.Of(legs, isInner: false, new ColumnSymbol("$table", KqlType.String)) : throw BindFailure.Semantic("SEM0100", "No table has the columns that search names", syntax.Span);
    }

    // A table without texts adds no columns to what is found of a term.
    private static bool MayHold(PlanNode table, ExpressionSyntax predicate) =>
        predicate is not LiteralSyntax { Literal.Value: string } || table.Schema.Any(column => column.Type is KqlType.String or KqlType.Dynamic);

    private static PlanNode? Filtered(PlanNode table, ExpressionSyntax predicate, Binder binder)
    {
        try
        {
            return table.Filter(Condition(table, predicate, binder));
        }
        catch (BindFailure failure) when (failure.Diagnostic.Code == "SEM0100")
        {
            return null;
        }
    }

    private static BoundExpression Condition(PlanNode table, ExpressionSyntax predicate, Binder binder)
    {
        switch (predicate)
        {
            case LogicalSyntax logical: return new LogicalExpression(logical.Operator == "and", [.. logical.Operands.Select(operand => Condition(table, operand, binder))]);
            case LiteralSyntax { Literal.Value: string term }:
                BoundExpression[] found = [.. table.Schema.Where(column => column.Type is KqlType.String or KqlType.Dynamic).Select(column => Term(column, term))];
                return found.Length switch { 0 => new ConstantExpression(new Literal(KqlType.Bool, term.Trim('*').Length == 0)), 1 => found[0], _ => new LogicalExpression(false, found) };
            case BinarySyntax { Operator: ":", Left: StarSyntax, Right: var anywhere }: return Condition(table, anywhere, binder);
            case BinarySyntax { Operator: ":", Left: NameSyntax name, Right: LiteralSyntax { Literal.Value: string term } }:
                var column = table.Schema.Find(name.Name) ?? throw BindFailure.Unresolved("column", name.Name, name.Span);
                return column.Type is KqlType.String or KqlType.Dynamic ? Term(column, term) : throw BindFailure.Semantic("SEM0104", $"'{name.Name}' is a {column.Type.Name()}, and a term is looked for in texts: compare it by ==", name.Span);
            default: return binder.Predicate(predicate, table);
        }
    }

    // A star at an end of the term lets the word go on there.
    private static BoundExpression Term(ColumnSymbol column, string term)
    {
        var operation = (term.StartsWith('*'), term.EndsWith('*')) switch { (true, true) => "contains", (true, false) => "hassuffix", (false, true) => "hasprefix", _ => "has" };
        return TextOperators.Bind(operation, new ColumnExpression(column), new ConstantExpression(new Literal(KqlType.String, term.Trim('*'))))!;
    }
}
