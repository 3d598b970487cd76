using Snowplow.Kql.Binding;
using Snowplow.Kql.Execution.Sorting;
using Snowplow.Kql.Plan;
using Snowplow.Kql.Syntax;

namespace Snowplow.Kql.Operators;

/// <summary><c>top-hitters</c>: the values that occur most, or have the greatest sum; exact here.</summary>
internal static class TopHitters
{
    public static PlanNode Bind(TopHittersSyntax syntax, PlanNode input, Binder binder)
    {
        var keys = SummarizeBinding.Keys([syntax.Of], input, binder);
        ExpressionSyntax aggregate = syntax.By is { } by
            ? new NamedSyntax(by.Span, [$"approximate_sum_{ColumnNames.Of(by, input.Schema)}"], new CallSyntax(by.Span, "sum", [by]))
            : new NamedSyntax(syntax.Span, [$"approximate_count_{keys[0].Column.Name}"], new CallSyntax(syntax.Span, "count", []));
        var summarized = SummarizeBinding.Bind([aggregate], keys, input, binder);
        var key = (new Binding.Expressions.ColumnExpression(summarized.Schema[1]), new SortKey(IsAscending: false, NullsFirst: false));
        return new Take(new Sort(summarized, [key]), Take.Number(syntax.Count, binder));
    }
}
