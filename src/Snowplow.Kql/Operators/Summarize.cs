using Snowplow.Kql.Aggregates.Core;
using Snowplow.Kql.Binding;
using Snowplow.Kql.Binding.Expressions;
using Snowplow.Kql.Data;
using Snowplow.Kql.Execution;
using Snowplow.Kql.Execution.Grouping;
using Snowplow.Kql.Plan;
using Snowplow.Kql.Syntax;

namespace Snowplow.Kql.Operators;

/// <summary>
/// <c>summarize</c>: a row for each combination of keys, in the order of first appearance; without keys one row. Each thread groups its part, and the
/// parts are joined in their order.
/// </summary>
internal sealed class Summarize(
    PlanNode input,
    IReadOnlyList<(ColumnSymbol Column, BoundExpression Expression)> keys,
    IReadOnlyList<(BoundAggregate Aggregate, ColumnSymbol[] Results)> aggregates)
    : PlanNode(new RowSchema(keys.Select(key => key.Column).Concat(aggregates.SelectMany(aggregate => aggregate.Results))))
{
    public override bool IsGrouped => true;

    // A guess: groups of few rows each.
    public override long? EstimatedRows => keys.Count == 0 ? 1 : input.EstimatedRows / 4;

    public static PlanNode Bind(SummarizeSyntax syntax, PlanNode input, Binder binder) => SummarizeBinding.Bind(syntax, input, binder);

    /// <summary><c>count</c>: the number of rows.</summary>
    public static PlanNode Count(PlanNode input, string name) =>
        new Summarize(input, [], [(Aggregates.Count.Function.Bind(new AggregateCall([], [], [], false))!, [new ColumnSymbol(name, KqlType.Long)])]);

    public override PlanNode Prune(IReadOnlySet<ColumnSymbol> needed)
    {
        var kept = aggregates.Where(aggregate => aggregate.Results.Any(needed.Contains)).ToList();
        var read = kept.SelectMany(aggregate => aggregate.Aggregate.Arguments.Append(aggregate.Aggregate.Predicate).OfType<BoundExpression>()).Concat(keys.Select(key => key.Expression));
        return new Summarize(input.Prune(ColumnsOf(read)), keys, kept);
    }

    public override PlanNode Filter(BoundExpression predicate)
    {
        // A condition on keys that are columns may be asked of the rows.
        var sources = keys.Where(key => key.Expression is ColumnExpression).ToDictionary(key => key.Column, key => key.Expression);
        if (keys.Count == 0 || !predicate.IsDeterministic || predicate.IsWindow || !predicate.ReadColumns().Any() || !predicate.ReadColumns().All(sources.ContainsKey)) return base.Filter(predicate);
        return new Summarize(input.Filter(predicate.Replace(column => sources[column])), keys, aggregates);
    }

    public override IReadOnlyList<IEnumerable<Batch>> Open(QueryContext context) => Parts.Split(Whole(context), context);

    public override Batch Whole(QueryContext context)
    {
        var partials = Parts.Run(input.Open(context), context, part => Group(part, context));
        var (columns, count) = Groups.Joined(partials, context);
        return new Batch(Schema, columns, count);
    }

    private Groups Group(IEnumerable<Batch> part, QueryContext context)
    {
        var groups = new Groups(keys, aggregates, context);
        foreach (var batch in part) groups.Add(batch);
        return groups;
    }

    private sealed class Groups(
        IReadOnlyList<(ColumnSymbol Column, BoundExpression Expression)> keys, IReadOnlyList<(BoundAggregate Aggregate, ColumnSymbol[] Results)> aggregates, QueryContext context)
    {
        private readonly GroupTable _table = new([.. keys.Select(key => key.Column.Type)], context);
        private readonly Accumulator[] _accumulators = [.. aggregates.Select(aggregate => aggregate.Aggregate.Create())];
        private int[] _groups = [];
        private long _reserved;

        private int Count => _table.Count;

        /// <summary>The keys and results of all groups of parts.</summary>
        public static (Column[] Columns, int Count) Joined(Groups[] parts, QueryContext context)
        {
            var first = parts[0];
            var (columns, count, places) = parts.Length == 1 ? (first._table.Keys(), first.Count, []) : GroupTable.Join(Array.ConvertAll(parts, part => part._table), context);
            var results = new Column[first._accumulators.Length][];
            Parts.InParallel(results.Length, context, a =>
            {
                var accumulator = first._accumulators[a];
                if (parts.Length > 1) accumulator.Join([.. parts.Skip(1).Select(part => part._accumulators[a])], places[1..], count, context);
                results[a] = accumulator.Finish(count);
            });
            return ([.. columns, .. results.SelectMany(result => result)], count);
        }

        public void Add(Batch batch)
        {
            if (batch.RowCount == 0) return;
            if (_groups.Length < batch.RowCount) _groups = new int[batch.RowCount];
            var groups = _groups.AsSpan(0, batch.RowCount);
            _table.Add([.. keys.Select(key => key.Expression.Evaluate(batch, context))], groups);
            for (var a = 0; a < _accumulators.Length; a++) Add(_accumulators[a], aggregates[a].Aggregate, batch, groups);
            var size = _accumulators.Sum(accumulator => accumulator.SizeBytes) + (16L * Count * _accumulators.Length);
            if (size <= _reserved) return;
            context.Reserve(size - _reserved);
            _reserved = size;
        }

        private void Add(Accumulator accumulator, BoundAggregate aggregate, Batch batch, Span<int> groups)
        {
            if (aggregate.Predicate is { } predicate)
            {
                var condition = (ValueColumn<bool>)predicate.Evaluate(batch, context);
                var rows = Enumerable.Range(0, batch.RowCount).Where(i => !condition.IsNull(i) && condition[i]).ToArray();
                if (rows.Length < batch.RowCount)
                {
                    var selected = new int[rows.Length];
                    for (var i = 0; i < rows.Length; i++) selected[i] = groups[rows[i]];
                    batch = batch.Select(rows);
                    groups = selected;
                }
            }

            Column[] arguments = [.. aggregate.Arguments.Select(argument => argument.Evaluate(batch, context))];
            accumulator.Add(arguments, groups, Count);
        }
    }
}
