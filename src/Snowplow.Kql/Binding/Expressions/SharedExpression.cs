using Snowplow.Kql.Data;
using Snowplow.Kql.Execution;

namespace Snowplow.Kql.Binding.Expressions;

/// <summary>An expression that several others read: it is evaluated once for a batch.</summary>
internal sealed class SharedExpression(BoundExpression expression) : BoundExpression(expression.Type)
{
    private sealed record Result(Batch Batch, Column Column);

    // Of the batch seen last. Several threads may make it at once; each result is whole.
    private volatile Result? _last;

    public override IReadOnlyList<BoundExpression> Operands { get; } = [expression];

    public override BoundExpression With(IReadOnlyList<BoundExpression> operands) => new SharedExpression(operands[0]);

    public override Column Evaluate(Batch batch, QueryContext context)
    {
        var last = _last;
        if (last?.Batch != batch) _last = last = new Result(batch, Operands[0].Evaluate(batch, context));
        return last.Column;
    }
}
