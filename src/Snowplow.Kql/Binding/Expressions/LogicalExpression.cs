using Snowplow.Kql.Data;
using Snowplow.Kql.Execution;

namespace Snowplow.Kql.Binding.Expressions;

/// <summary>
/// <c>and</c>, <c>or</c> with three values: null and false is false, null or true is true, else a null operand gives null.
/// </summary>
internal sealed class LogicalExpression(bool isAnd, IReadOnlyList<BoundExpression> operands) : BoundExpression(KqlType.Bool)
{
    public bool IsAnd { get; } = isAnd;

    public override IReadOnlyList<BoundExpression> Operands { get; } = operands;

    public override BoundExpression With(IReadOnlyList<BoundExpression> operands) => new LogicalExpression(IsAnd, operands);

    public override Column Evaluate(Batch batch, QueryContext context)
    {
        // For "or" all is negated, by De Morgan: what decides is the value that is not neutral.
        var decided = !IsAnd;
        var values = new bool[batch.RowCount];
        var unknown = (Bitmap?)null;
        Array.Fill(values, !decided);
        foreach (var operand in Operands)
        {
            var column = (ValueColumn<bool>)operand.Evaluate(batch, context);
            if (column.IsConstant && !column.HasNulls)
            {
                if (column[0] == decided) return ValueColumn<bool>.Constant(KqlType.Bool, decided, batch.RowCount);
                continue;
            }

            for (var i = 0; i < values.Length; i++)
            {
                if (column.IsNull(i)) (unknown ??= new Bitmap(values.Length, false))[i] = true;
                else if (column[i] == decided) values[i] = decided;
            }
        }

        if (unknown is null) return new ValueColumn<bool>(KqlType.Bool, values);
        var valid = new Bitmap(values.Length, true);
        for (var i = 0; i < values.Length; i++)
            if (unknown[i] && values[i] != decided) valid[i] = false;
        return new ValueColumn<bool>(KqlType.Bool, values, valid);
    }
}
