using Snowplow.Kql.Binding;
using Snowplow.Kql.Data;
using Snowplow.Kql.Plan;
using Snowplow.Kql.Syntax;

namespace Snowplow.Kql.Operators;

/// <summary><c>datatable</c>: rows in the text of the query. A value that is not of the column's type is converted, or null where it cannot be.</summary>
internal static class DataTable
{
    public static PlanNode Bind(DataTableSyntax syntax, Binder binder)
    {
        var columns = syntax.Columns;
        if (columns.Count == 0 ? syntax.Values.Count > 0 : syntax.Values.Count % columns.Count != 0)
            throw BindFailure.Semantic("SEM0210", $"{syntax.Values.Count} values do not make whole rows of {columns.Count} columns", syntax.Span);
        if (columns.Select(column => column.Name).Distinct(StringComparer.Ordinal).Count() < columns.Count) throw BindFailure.Semantic("SEM0201", "Two columns have the same name", syntax.Span);
        var rows = columns.Count == 0 ? 0 : syntax.Values.Count / columns.Count;
        var values = columns.Select(_ => new object?[rows]).ToArray();
        for (var i = 0; i < syntax.Values.Count; i++)
        {
            var value = binder.Constant(syntax.Values[i]);
            var type = columns[i % columns.Count].Type;
            values[i % columns.Count][i / columns.Count] = type == KqlType.Dynamic && value is string text ? DynamicJson.Parse(text) : DynamicValue.To(type, value);
        }

        return new Scan(new MemoryTable("datatable", [.. columns.Select(column => (column.Name, column.Type))], [.. columns.Select((column, i) => Columns.Of(column.Type, values[i]))], rows));
    }
}
