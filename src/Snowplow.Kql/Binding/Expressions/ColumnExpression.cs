using Snowplow.Kql.Data;
using Snowplow.Kql.Execution;

namespace Snowplow.Kql.Binding.Expressions;

/// <summary>A column.</summary>
internal sealed class ColumnExpression(ColumnSymbol column) : BoundExpression(column.Type)
{
    public ColumnSymbol Column { get; } = column;

    public override Column Evaluate(Batch batch, QueryContext context) => batch[Column];
}
