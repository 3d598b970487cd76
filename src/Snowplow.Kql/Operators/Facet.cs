using Snowplow.Kql.Binding;
using Snowplow.Kql.Plan;
using Snowplow.Kql.Syntax;

namespace Snowplow.Kql.Operators;

/// <summary><c>facet</c>: for each column a result with its values and their numbers of rows, and one of the operators in <c>with</c>.</summary>
internal static class Facet
{
    public static PlanNode Bind(FacetSyntax syntax, PlanNode input, Binder binder)
    {
        var table = binder.ToTable("facet", input);
        var results = syntax.Columns.Select(column => (column.Name, Plan: Counted(column, new Scan(table), binder))).ToList();
        if (syntax.With is { } operators) results.Add(("with", binder.BindOperators(new Scan(table), operators)));
        binder.Forked = results;
        return results[0].Plan;
    }

    private static PlanNode Counted(NameSyntax column, PlanNode table, Binder binder) =>
        SummarizeBinding.Bind([new CallSyntax(column.Span, "count", [])], SummarizeBinding.Keys([column], table, binder), table, binder);
}
