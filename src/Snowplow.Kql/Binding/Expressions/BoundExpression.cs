using Snowplow.Kql.Data;
using Snowplow.Kql.Execution;

namespace Snowplow.Kql.Binding.Expressions;

/// <summary>A scalar expression with its type, that is evaluated over the rows of a batch at once.</summary>
internal abstract class BoundExpression(KqlType type)
{
    public KqlType Type { get; } = type;

    /// <summary>What it is made of.</summary>
    public virtual IReadOnlyList<BoundExpression> Operands => [];

    /// <summary>Whether its value at a row depends on other rows, so that it wants all rows at once and in order.</summary>
    public virtual bool IsWindow => Operands.Any(operand => operand.IsWindow);

    /// <summary>How far the rows are that its value at a row depends on; null where that may be any.</summary>
    public virtual Reach? Reach => Reaching(Operands);

    /// <summary>Whether it gives the same whenever it is evaluated.</summary>
    public virtual bool IsDeterministic => Operands.All(operand => operand.IsDeterministic);

    /// <summary>The values, one for each row.</summary>
    public abstract Column Evaluate(Batch batch, QueryContext context);

    /// <summary>The expression with other operands.</summary>
    public virtual BoundExpression With(IReadOnlyList<BoundExpression> operands) => this;

    /// <summary>The expression with each column replaced where there is something to replace it by.</summary>
    public BoundExpression Replace(Func<ColumnSymbol, BoundExpression?> replacement)
    {
        if (this is ColumnExpression column) return replacement(column.Column) ?? this;
        if (Operands.Count == 0) return this;
        var replaced = Operands.Select(operand => operand.Replace(replacement)).ToList();
        return replaced.SequenceEqual(Operands) ? this : With(replaced);
    }

    /// <summary>How far several expressions reach.</summary>
    public static Reach? Reaching(IEnumerable<BoundExpression> expressions) =>
        expressions.Aggregate((Reach?)new Reach(0, 0), (reach, expression) => reach is { } all && expression.Reach is { } own ? all.Or(own) : null);

    /// <summary>The columns that it reads.</summary>
    public IEnumerable<ColumnSymbol> ReadColumns() => this is ColumnExpression column ? [column.Column] : Operands.SelectMany(operand => operand.ReadColumns());
}
