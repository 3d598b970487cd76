using Snowplow.Kql.Data;
using Snowplow.Kql.Execution;
using Snowplow.Kql.Syntax;

namespace Snowplow.Kql.Binding.Expressions;

/// <summary>A value.</summary>
internal sealed class ConstantExpression(Literal literal) : BoundExpression(literal.Type)
{
    private readonly Column _column = Columns.Constant(literal.Type, literal.Value, 1);

    public object? Value { get; } = literal.Value;

    public override Column Evaluate(Batch batch, QueryContext context) => _column.WithLength(batch.RowCount);
}
