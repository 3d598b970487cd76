using Snowplow.Kql.Binding;
using Snowplow.Kql.Binding.Expressions;
using Snowplow.Kql.Data;
using Snowplow.Kql.Execution;
using Snowplow.Kql.Execution.Sorting;
using Snowplow.Kql.Plan;
using Snowplow.Kql.Syntax;

namespace Snowplow.Kql.Operators;

/// <summary>
/// <c>top</c>: the first rows of an order. Each thread keeps the best of its part: whenever it has gathered some batches, all but the best go.
/// </summary>
internal sealed class Top(PlanNode input, int count, IReadOnlyList<(BoundExpression Expression, SortKey Key)> keys) : PlanNode(input.Schema)
{
    private const int GatheredRows = 8 * Batch.Size;

    public override bool IsSerialized => true;

    public override long? EstimatedRows => count;

    public static PlanNode Bind(TopSyntax syntax, PlanNode input, Binder binder)
    {
        var count = Take.Number(syntax.Count, binder);
        return Of(new Sort(input, [Sort.Key(syntax.Key, input, binder)]), count);
    }

    /// <summary>The first rows of an order; of many, all rows are put in order.</summary>
    public static PlanNode Of(Sort sort, long count) =>
        count > GatheredRows || sort.Keys.Any(key => key.Expression.IsWindow || !key.Expression.IsDeterministic) ? new Take(sort, count) : new Top(sort.Input, (int)count, sort.Keys);

    public override PlanNode Prune(IReadOnlySet<ColumnSymbol> needed) => new Top(input.Prune(ColumnsOf(keys.Select(key => key.Expression)).Union(needed).ToHashSet()), count, keys);

    public override IReadOnlyList<IEnumerable<Batch>> Open(QueryContext context)
    {
        var best = Parts.Run(input.Open(context), context, part => Best(part, context));
        return [[Cut([.. best.OfType<Batch>()], context) ?? new Batch(Schema, [.. Schema.Select(column => Columns.Nulls(column.Type, 0))], 0)]];
    }

    private Batch? Best(IEnumerable<Batch> part, QueryContext context)
    {
        var gathered = new List<Batch>();
        var rows = 0;
        foreach (var batch in part)
        {
            if (batch.RowCount == 0) continue;
            gathered.Add(batch);
            rows += batch.RowCount;
            if (rows < GatheredRows) continue;
            var cut = Cut(gathered, context)!;
            gathered = [cut];
            rows = cut.RowCount;
        }

        return Cut(gathered, context);
    }

    private Batch? Cut(List<Batch> batches, QueryContext context)
    {
        if (batches.Count == 0) return null;
        // The keys alone are put together; the other columns are gathered for the rows that stay.
        var values = keys.Select(key => Columns.Concatenate(key.Expression.Type, [.. batches.Select(batch => key.Expression.Evaluate(batch, context))])).ToArray();
        var order = RowOrder.Of(values, [.. keys.Select(key => key.Key)], batches.Sum(batch => batch.RowCount), context);
        var kept = order.AsSpan(0, Math.Min(count, order.Length)).ToArray();
        var columns = new Column[Schema.Count];
        var starts = new int[batches.Count + 1];
        for (var i = 0; i < batches.Count; i++) starts[i + 1] = starts[i] + batches[i].RowCount;
        var perBatch = batches.Select((_, b) => kept.Where(row => row >= starts[b] && row < starts[b + 1]).Select(row => row - starts[b]).ToArray()).ToArray();
        var order2 = new int[kept.Length];
        var at = batches.Select((_, b) => perBatch.Take(b).Sum(rows => rows.Length)).ToArray();
        for (var i = 0; i < kept.Length; i++)
        {
            var b = Array.FindLastIndex(starts, starts.Length - 1, start => start <= kept[i]);
            order2[i] = at[b]++;
        }

        for (var c = 0; c < columns.Length; c++) columns[c] = Columns.Concatenate(Schema[c].Type, [.. batches.Select((batch, b) => batch[c].Take(perBatch[b]))]).Take(order2);
        return new Batch(Schema, columns, kept.Length);
    }
}
