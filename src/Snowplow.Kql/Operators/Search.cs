using Snowplow.Kql.Binding;
using Snowplow.Kql.Data;
using Snowplow.Kql.Plan;
using Snowplow.Kql.Syntax;

namespace Snowplow.Kql.Operators;

/// <summary><c>search</c>: the rows of several tables that have a term in a string column, or meet a condition; tables without its columns have none.</summary>
internal static class Search
{
    public static PlanNode Bind(SearchSyntax syntax, PlanNode? input, Binder binder)
    {
        var isCaseSensitive = syntax.Parameters.Any(parameter => parameter.Name == "kind" && parameter.Value is NameSyntax { Name: "case_sensitive" });
        if (input is not null) return Filtered(input, syntax.Predicate, binder, isCaseSensitive) ?? throw BindFailure.Semantic("SEM0100", "The condition of search names a column that is not there", syntax.Predicate.Span);
        var names = syntax.Tables is { } tables
            ? tables.SelectMany(table => table is NameSyntax name ? [name.Name] : binder.Database.Tables.Keys.Where(own => table is PatternSyntax pattern && System.IO.Enumeration.FileSystemName.MatchesSimpleExpression(pattern.Pattern, own, ignoreCase: false)))
            : AllTables(binder);
        var legs = new List<(string, PlanNode)>();
        var textless = new List<(string, PlanNode)>();
        foreach (var name in names.Distinct(StringComparer.Ordinal))
        {
            var table = binder.FindTable(name) ?? throw BindFailure.Unresolved("table", name, syntax.Span);
            if (Filtered(table, syntax.Predicate, binder, isCaseSensitive) is { } leg) (MayHold(table, syntax.Predicate) ? legs : textless).Add((name, leg));
        }

        if (legs.Count == 0) legs = textless;

        return legs.Count > 0 ? Union.Of(legs, isInner: false, new ColumnSymbol("$table", KqlType.String)) : throw BindFailure.Semantic("SEM0100", "No table has the columns that search names", syntax.Span);
    }

    /// <summary>The names of all tables, and of the views that the query binds before them.</summary>
    public static IEnumerable<string> AllTables(Binder binder) =>
        binder.Scope.Tables().Where(table => table.Bound is FunctionBinding).Select(table => table.Name).Concat(binder.Database.Tables.Keys).Distinct(StringComparer.Ordinal);

    // A table without texts adds no columns to what is found of a term.
    private static bool MayHold(PlanNode table, ExpressionSyntax predicate) =>
        predicate is not LiteralSyntax { Literal.Value: string } || table.Schema.Any(column => column.Type is KqlType.String or KqlType.Dynamic);

    private static PlanNode? Filtered(PlanNode table, ExpressionSyntax predicate, Binder binder, bool isCaseSensitive)
    {
        try
        {
            return table.Filter(new TermPredicate(table, binder, isCaseSensitive).Bind(predicate));
        }
        catch (BindFailure failure) when (failure.Diagnostic.Code == "SEM0100")
        {
            return null;
        }
    }
}
