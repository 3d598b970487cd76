using Snowplow.Kql.Binding;
using Snowplow.Kql.Binding.Expressions;
using Snowplow.Kql.Data;
using Snowplow.Kql.Execution;
using Snowplow.Kql.Functions;
using Snowplow.Kql.Functions.Core;
using Snowplow.Kql.Plan;
using Snowplow.Kql.Syntax;

namespace Snowplow.Kql.Operators;

/// <summary>
/// <c>make-series</c>: arrays of aggregates over the bins of an axis, from a start to an end that is not included; bins without rows have a default. It
/// is a summarize by group and bin, whose rows are put into arrays.
/// </summary>
internal sealed class MakeSeries : PlanNode
{
    private const int MaxPoints = 1_048_576;

    private readonly PlanNode _summarized;
    private readonly int _groupCount;
    private readonly object?[] _defaults;
    private readonly (long? From, long? To, long Step) _axis;
    private readonly KqlType _axisType;
    private readonly bool _isNonEmpty;

    private MakeSeries(RowSchema schema, PlanNode summarized, int groupCount, object?[] defaults, KqlType axisType, (long? From, long? To, long Step) axis, bool isNonEmpty)
        : base(schema)
    {
        _summarized = summarized;
        _groupCount = groupCount;
        _defaults = defaults;
        _axis = axis;
        _axisType = axisType;
        _isNonEmpty = isNonEmpty;
    }

    public static PlanNode Bind(MakeSeriesSyntax syntax, PlanNode input, Binder binder)
    {
        var on = binder.Scalar(syntax.On, input);
        var axisName = ColumnNames.Of(syntax.On, input.Schema) ?? "Column1";
        var type = on.Type == KqlType.Int ? KqlType.Long : on.Type;
        if (!type.IsInt64()) throw BindFailure.NotSupported($"make-series on an axis of {on.Type.Name()}", syntax.On.Span);
        var stepType = type == KqlType.DateTime ? KqlType.TimeSpan : type;
        var step = Number(binder.Constant(syntax.Step, stepType));
        if (step is not > 0) throw BindFailure.Semantic("SEM0104", "The step of make-series must be positive", syntax.Step.Span);
        var from = syntax.From is null ? null : Number(binder.Constant(syntax.From, type));
        var to = syntax.To is null ? null : Number(binder.Constant(syntax.To, type));
        // The old form includes its end, and bins as bin() does.
        if (syntax.IsInRange) (from, to) = (Bins.Down(from ?? 0, step.Value), to is { } last ? Bins.Down(last, step.Value) + step : null);
        if (from is { } first && to is { } end && (end - first) / step > MaxPoints) throw BindFailure.Semantic("SEM0211", $"make-series has more than {MaxPoints} points", syntax.Span);
        var axis = Conversions.To(on, type);
        var range = new List<BoundExpression>();
        if (from is not null) range.Add(Functions.Operators.Comparison.Bind(">=", axis, Constant(type, from.Value))!);
        if (to is not null) range.Add(Functions.Operators.Comparison.Bind("<", axis, Constant(type, to.Value))!);
        var rows = range.Aggregate(input, (plan, condition) => plan.Filter(condition));
        var bin = new CallExpression("bin_at", type, BinFrom(type, from ?? 0, step.Value), [axis]);
        var groups = SummarizeBinding.Keys(syntax.By, input, binder);
        var keys = groups.Append((new ColumnSymbol(axisName, type), bin)).ToList();
        var summarized = SummarizeBinding.Bind([.. syntax.Aggregates.Select(item => item.Aggregate)], keys, rows, binder);
        var aggregates = summarized.Schema.Skip(keys.Count).ToList();
        object?[] defaults = [.. aggregates.Select((column, i) => i < syntax.Aggregates.Count && syntax.Aggregates[i].Default is { } missing ? DynamicValue.Of(binder.Constant(missing)) : Zero(column.Type))];
        var schema = new RowSchema(groups.Select(group => new ColumnSymbol(group.Column.Name, group.Column.Type))
            .Concat(aggregates.Select(column => new ColumnSymbol(column.Name, KqlType.Dynamic)))
            .Append(new ColumnSymbol(axisName, KqlType.Dynamic)));
        return new MakeSeries(schema, summarized, groups.Count, defaults, type, (from, to, step.Value), JoinBinding.Kind(syntax.Parameters) == "nonempty");
    }

    public override IReadOnlyList<IEnumerable<Batch>> Open(QueryContext context)
    {
        var rows = _summarized.Whole(context);
        var axis = (ValueColumn<long>)rows[_groupCount];
        var aggregates = Enumerable.Range(_groupCount + 1, _defaults.Length).Select(i => rows[i]).ToArray();
        var groups = new Execution.Grouping.GroupTable([.. Schema.Take(_groupCount).Select(column => column.Type)], context);
        var numbers = new int[rows.RowCount];
        groups.Add([.. Enumerable.Range(0, _groupCount).Select(i => rows[i])], numbers);
        var members = new List<int>[rows.RowCount == 0 && !_isNonEmpty ? 0 : groups.Count];
        for (var i = 0; i < members.Length; i++) members[i] = [];
        for (var row = 0; row < rows.RowCount; row++)
            if (!axis.IsNull(row)) members[numbers[row]].Add(row);
        var series = members.Select(group => Series(group, axis, aggregates, context)).ToList();
        var columns = groups.Keys()
            .Concat(Enumerable.Range(0, _defaults.Length + 1).Select(i => (Column)new DynamicColumn([.. series.Select(arrays => (object?)arrays[i])])))
            .ToArray();
        if (series.Count == 0) return [[]];
        return [[new Batch(Schema, columns, series.Count)]];
    }

    private static long? Number(object? value) => value switch { DateTime time => time.Ticks, TimeSpan span => span.Ticks, long number => number, _ => null };

    private static object Boxed(KqlType type, long value) => type switch { KqlType.DateTime => new DateTime(value, DateTimeKind.Utc), KqlType.TimeSpan => new TimeSpan(value), _ => value };

    private static ConstantExpression Constant(KqlType type, long value) => new(new Literal(type, Boxed(type, value)));

    private static object? Zero(KqlType type) => type switch { KqlType.Real => 0.0, KqlType.Decimal => 0m, KqlType.TimeSpan => TimeSpan.Zero, KqlType.Int or KqlType.Long => 0L, _ => null };

    private static Kernel BinFrom(KqlType type, long from, long step) => (arguments, rows, _) =>
    {
        var source = (ValueColumn<long>)arguments[0];
        var bins = new long[rows];
        for (var i = 0; i < rows; i++) bins[i] = Bins.Down(source[i] - from, step)!.Value + from;
        return new ValueColumn<long>(type, bins, source.IsConstant ? null : source.Valid);
    };

    private object?[][] Series(List<int> rows, ValueColumn<long> axis, Column[] aggregates, QueryContext context)
    {
        if (rows.Count == 0 && (_axis.From is null || _axis.To is null)) return [.. Enumerable.Repeat(Array.Empty<object?>(), _defaults.Length + 1)];
        var first = _axis.From ?? rows.Min(row => axis[row]);
        var end = _axis.To ?? rows.Max(row => axis[row]) + 1;
        var count = Math.Max(0, (end - first + _axis.Step - 1) / _axis.Step);
        if (count > MaxPoints) throw new KqlException(KqlErrorKind.Limit, $"make-series has {count} points, more than {MaxPoints}");
        context.Reserve(40 * count * (_defaults.Length + 1));
        var arrays = _defaults.Select(missing => Enumerable.Repeat(missing, (int)count).ToArray())
            .Append([.. Enumerable.Range(0, (int)count).Select(i => (object?)Boxed(_axisType, first + (i * _axis.Step)))])
            .ToArray();
        foreach (var row in rows)
        {
            var place = (axis[row] - first) / _axis.Step;
            for (var a = 0; a < aggregates.Length; a++) arrays[a][place] = DynamicValue.Of(aggregates[a].Box(row));
        }

        return arrays;
    }
}
