using Snowplow.Kql.Binding;
using Snowplow.Kql.Data;
using Snowplow.Kql.Plan;
using Snowplow.Kql.Syntax;

namespace Snowplow.Kql.Operators.Plugins;

/// <summary>
/// <c>pivot</c>: a column for each value of a column, in their order, and a row for each combination of the columns kept. A cell without rows is 0 of
/// counts and sums, else null.
/// </summary>
internal static class Pivot
{
    public static PlanNode Bind(PluginCall call)
    {
        var pivot = call.Column(0);
        ExpressionSyntax aggregate = call.Arguments.Count > 1 ? call.Arguments[1] : new CallSyntax(call.Span, "count", []);
        if (aggregate is not CallSyntax { Name: var function, Arguments: var read }) throw BindFailure.Semantic("SEM0219", "The second argument of pivot must be an aggregate", call.Span);
        var used = read.OfType<NameSyntax>().Select(name => name.Name).Append(pivot.Name).ToHashSet(StringComparer.Ordinal);
        var kept = call.Arguments.Count > 2
            ? Enumerable.Range(2, call.Arguments.Count - 2).Select(call.Column).ToList()
            : [.. call.Input.Schema.Where(column => !used.Contains(column.Name))];
        var by = kept.Append(pivot).Select(column => (ExpressionSyntax)new NameSyntax(call.Span, column.Name)).ToList();
        var summarized = SummarizeBinding.Bind([new NamedSyntax(call.Span, ["cell"], aggregate)], SummarizeBinding.Keys(by, call.Input, call.Binder), call.Input, call.Binder);
        var rows = call.Binder.Run(summarized);
        var names = Enumerable.Range(0, rows.RowCount).Select(row => DynamicValue.Text(rows[kept.Count].Box(row))).ToArray();
        var values = names.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        var cellType = summarized.Schema[kept.Count + 1].Type;
        object? empty = function is "count" or "countif" or "dcount" or "dcountif" or "count_distinct" or "sum" or "sumif" ? DynamicValue.To(cellType, 0L) : cellType == KqlType.String ? "" : null;
        var output = new OrderedDictionary<string, object?[]>(StringComparer.Ordinal);
        for (var row = 0; row < rows.RowCount; row++)
        {
            var key = DynamicJson.Text(Enumerable.Range(0, kept.Count).Select(i => DynamicValue.Of(rows[i].Box(row))).ToArray());
            if (!output.TryGetValue(key, out var line))
                output.Add(key, line = [.. Enumerable.Range(0, kept.Count).Select(i => rows[i].Box(row)), .. values.Select(_ => empty)]);
            line[kept.Count + values.IndexOf(names[row])] = rows[kept.Count + 1].Box(row);
        }

        var taken = kept.Select(column => column.Name).ToHashSet(StringComparer.Ordinal);
        var columns = kept.Select(column => (column.Name, column.Type)).ToList();
        foreach (var value in values)
        {
            var name = ColumnNames.Unique(value.Length == 0 ? "empty" : value, taken);
            taken.Add(name);
            columns.Add((name, cellType));
        }

        return PluginCall.Table(columns, [.. output.Values]);
    }
}
