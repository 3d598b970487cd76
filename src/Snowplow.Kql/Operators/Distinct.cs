using Snowplow.Kql.Binding;
using Snowplow.Kql.Data;
using Snowplow.Kql.Plan;
using Snowplow.Kql.Syntax;

namespace Snowplow.Kql.Operators;

/// <summary><c>distinct</c>: each combination of values once, in the order of first appearance.</summary>
internal static class Distinct
{
    public static PlanNode Bind(DistinctSyntax syntax, PlanNode input, Binder binder)
    {
        var items = ProjectItems.Bind(syntax.Items, input, binder, "Column", countsAll: false);
        return new Summarize(input, [.. items.Select(item => (new ColumnSymbol(item.Column.Name, item.Column.Type), item.Expression))], []);
    }
}
