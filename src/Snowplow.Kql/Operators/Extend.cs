using Snowplow.Kql.Binding;
using Snowplow.Kql.Binding.Expressions;
using Snowplow.Kql.Data;
using Snowplow.Kql.Plan;
using Snowplow.Kql.Syntax;

namespace Snowplow.Kql.Operators;

/// <summary><c>extend</c>: further columns; one of a name that is there takes the other's place.</summary>
internal static class Extend
{
    public static PlanNode Bind(IReadOnlyList<ExpressionSyntax> items, PlanNode input, Binder binder)
    {
        if (items.Count == 0) return input;
        var bound = ProjectItems.Bind(items, input, binder, "Column", countsAll: false);
        Project.RequireOrder(bound, input, items[0].Span);
        var columns = input.Schema.Select(column => (Column: column, Expression: (BoundExpression)new ColumnExpression(column))).ToList();
        var old = columns.Select(column => column.Column.Name).ToHashSet(StringComparer.Ordinal);
        for (var i = 0; i < bound.Count; i++)
        {
            var (column, expression) = bound[i];
            // A number that an earlier extend has used goes on.
            if (items.Count == bound.Count && ColumnNames.Of(items[i], input.Schema) is null && old.Contains(column.Name))
                column = new ColumnSymbol(ColumnNames.Unique(column.Name, [.. columns.Select(other => other.Column.Name)]), column.Type);
            var place = columns.FindIndex(other => other.Column.Name == column.Name);
            if (place >= 0) columns[place] = (column, expression);
            else columns.Add((column, expression));
        }

        return new Project(input, columns);
    }
}
