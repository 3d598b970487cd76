using Snowplow.Kql.Data;
using Snowplow.Kql.Plan;

namespace Snowplow.Kql.Operators;

/// <summary><c>getschema</c>: the columns of the input as rows.</summary>
internal static class GetSchema
{
    public static PlanNode Bind(PlanNode input)
    {
        var columns = input.Schema.ToList();
        return new Scan(new MemoryTable(
            "getschema",
            [("ColumnName", KqlType.String), ("ColumnOrdinal", KqlType.Long), ("DataType", KqlType.String), ("ColumnType", KqlType.String)],
            [
                Columns.Of(KqlType.String, [.. columns.Select(column => column.Name)]),
                Columns.Of(KqlType.Long, [.. columns.Select((_, i) => (object)(long)i)]),
                Columns.Of(KqlType.String, [.. columns.Select(column => column.Type.SystemName())]),
                Columns.Of(KqlType.String, [.. columns.Select(column => column.Type.Name())]),
            ],
            columns.Count));
    }
}
