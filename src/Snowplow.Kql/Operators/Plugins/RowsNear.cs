using Snowplow.Kql.Binding;
using Snowplow.Kql.Data;
using Snowplow.Kql.Plan;

namespace Snowplow.Kql.Operators.Plugins;

/// <summary><c>rows_near(Condition, Before, After)</c>: the rows for which a condition is true, and so many rows before and behind each; once.</summary>
internal static class RowsNear
{
    public static PlanNode Bind(PluginCall call)
    {
        if (!call.Input.IsSerialized) throw BindFailure.Semantic("SEM0230", "'rows_near' needs rows in order: put 'sort by …' or 'serialize' before", call.Span);
        if (call.Arguments.Count is < 2 or > 3) throw BindFailure.Semantic("SEM0219", "rows_near takes a condition, a number of rows and, where it differs, a number of rows behind", call.Span);
        var predicate = call.Binder.Predicate(call.Arguments[0], call.Input);
        var before = call.Ticks(1, KqlType.Long);
        var after = call.Arguments.Count > 2 ? call.Ticks(2, KqlType.Long) : before;
        if (before < 0 || after < 0) throw BindFailure.Semantic("SEM0219", "The numbers of rows of rows_near must not be negative", call.Span);
        var rows = call.Binder.Run(call.Input);
        var holds = (ValueColumn<bool>)predicate.Evaluate(rows, call.Binder.Context);
        var kept = new List<int>();
        for (var row = 0; row < rows.RowCount; row++)
        {
            if (holds.IsNull(row) || !holds[row]) continue;
            var from = Math.Max(kept.Count == 0 ? 0 : kept[^1] + 1, row - Math.Min(before, row));
            for (var at = from; at <= row + Math.Min(after, rows.RowCount - 1 - row); at++) kept.Add((int)at);
        }

        var found = rows.Select([.. kept]);
        return new Serialize(new Scan(new MemoryTable(
            "rows_near",
            [.. call.Input.Schema.Select(column => (column.Name, column.Type))],
            [.. Enumerable.Range(0, call.Input.Schema.Count).Select(i => found[i])],
            kept.Count)));
    }
}
