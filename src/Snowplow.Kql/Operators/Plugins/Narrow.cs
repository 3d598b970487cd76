using Snowplow.Kql.Data;
using Snowplow.Kql.Plan;

namespace Snowplow.Kql.Operators.Plugins;

/// <summary><c>narrow</c>: a row for each cell.</summary>
internal static class Narrow
{
    public static PlanNode Bind(PluginCall call)
    {
        var rows = call.Binder.Run(call.Input);
        var cells = Enumerable.Range(0, rows.RowCount)
            .SelectMany(row => call.Input.Schema.Select(column => new object?[] { (long)row, column.Name, DynamicValue.Text(rows[column].Box(row)) }))
            .ToList();
        return PluginCall.Table([("Row", KqlType.Long), ("Column", KqlType.String), ("Value", KqlType.String)], cells);
    }
}
