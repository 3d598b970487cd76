using System.Runtime.CompilerServices;
using Snowplow.Kql.Data;
using Snowplow.Kql.Execution;
using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Binding.Expressions;

/// <summary>A call of a function.</summary>
/// <param name="name">The function's name.</param>
/// <param name="type">Type of the result.</param>
/// <param name="kernel">What evaluates it.</param>
/// <param name="arguments">The arguments.</param>
/// <param name="traits">What is true of the function.</param>
internal sealed class CallExpression(string name, KqlType type, Kernel kernel, IReadOnlyList<BoundExpression> arguments, FunctionTraits traits = FunctionTraits.None)
    : BoundExpression(type)
{
    // What the function gives for each string of a pool. Threads read different extents at once, each with a pool of its own.
    private readonly ConditionalWeakTable<StringPool, PoolResult> _poolResults = [];

    public string Name { get; } = name;

    public override IReadOnlyList<BoundExpression> Operands { get; } = arguments;

    /// <summary>What the operand is looked for among, or in it, by an operator of lists; null where it is none.</summary>
    public IReadOnlyList<object>? Items { get; init; }

    public override bool IsWindow => traits.HasFlag(FunctionTraits.Window) || base.IsWindow;

    /// <summary>How far the rows are that a window function reads its arguments at; null where that may be any.</summary>
    public Reach? OwnReach { get; init; }

    public override Reach? Reach => !traits.HasFlag(FunctionTraits.Window) ? base.Reach : OwnReach is { } own && base.Reach is { } arguments ? own.Then(arguments) : null;

    public override bool IsDeterministic => !traits.HasFlag(FunctionTraits.NotDeterministic) && base.IsDeterministic;

    public override BoundExpression With(IReadOnlyList<BoundExpression> operands) => new CallExpression(Name, Type, kernel, operands, traits) { Items = Items, OwnReach = OwnReach };

    public override Column Evaluate(Batch batch, QueryContext context)
    {
        var columns = new Column[Operands.Count];
        for (var i = 0; i < columns.Length; i++) columns[i] = Operands[i].Evaluate(batch, context);
        if (traits is not FunctionTraits.None and not FunctionTraits.RowByRow) return kernel(columns, batch.RowCount, context);
        var varying = -1;
        for (var i = 0; i < columns.Length; i++)
        {
            if (columns[i].IsConstant) continue;
            if (varying >= 0) return kernel(columns, batch.RowCount, context);
            varying = i;
        }

        if (varying < 0)
        {
            var once = kernel([.. columns.Select(column => column.WithLength(1))], 1, context);
            return Columns.Constant(Type, once.Box(0), batch.RowCount);
        }

        return columns[varying] is StringColumn strings && traits == FunctionTraits.None
            ? OverPool(strings, varying, columns, context) ?? kernel(columns, batch.RowCount, context)
            : kernel(columns, batch.RowCount, context);
    }

    // A function of one string gives the same for the same string: it is asked once for each string of the pool, as soon as as many rows were
    // evaluated as the pool has strings.
    private Column? OverPool(StringColumn strings, int place, Column[] columns, QueryContext context)
    {
        var pool = strings.Pool;
        var result = _poolResults.GetOrCreateValue(pool);
        if (result.Values is { } known) return known.Take(strings.Codes);
        result.SeenRows += strings.Length;
        if (result.SeenRows < pool.Count || strings.Length * 4 < pool.Count && result.SeenRows < pool.Count * 2L) return null;
        var arguments = columns.Select((column, i) => i == place ? StringColumn.All(pool) : column.WithLength(pool.Count)).ToArray();
        try
        {
            var values = kernel(arguments, pool.Count, context);
            result.Values = values;
            return values.Take(strings.Codes);
        }
        catch (KqlException)
        {
            // It may be a string of no row here that the function fails at: the rows tell.
            result.SeenRows = int.MinValue;
            return null;
        }
    }

    // Several threads may count and make it at once; each result is whole.
    private sealed class PoolResult
    {
        private volatile Column? _values;

        public Column? Values
        {
            get => _values;
            set => _values = value;
        }

        public int SeenRows { get; set; }
    }
}
