using Snowplow.Kql.Binding;
using Snowplow.Kql.Binding.Expressions;
using Snowplow.Kql.Data;
using Snowplow.Kql.Execution;
using Snowplow.Kql.Execution.Joining;
using Snowplow.Kql.Plan;
using Snowplow.Kql.Syntax;

namespace Snowplow.Kql.Operators;

/// <summary>The kinds of join, without those that are others with the sides changed.</summary>
internal enum JoinKind
{
    /// <summary>All pairs of equal keys.</summary>
    Inner,

    /// <summary>Pairs, and left rows without a partner.</summary>
    LeftOuter,

    /// <summary>Pairs, and right rows without a partner.</summary>
    RightOuter,

    /// <summary>Pairs, and rows of either side without a partner.</summary>
    FullOuter,

    /// <summary>Left rows with a partner.</summary>
    LeftSemi,

    /// <summary>Left rows without one.</summary>
    LeftAnti,
}

/// <summary><c>join</c>: the right side is kept by its keys, the left side goes by in order. Of an inner join, the smaller side is kept.</summary>
internal sealed class Join(
    PlanNode left, PlanNode right, JoinKind kind, IReadOnlyList<BoundExpression> leftKeys, IReadOnlyList<BoundExpression> rightKeys)
    : PlanNode(new RowSchema(kind is JoinKind.LeftSemi or JoinKind.LeftAnti ? left.Schema : left.Schema.Concat(right.Schema)))
{
    // As if the keys of one side were all different.
    public override long? EstimatedRows => IsFiltering ? left.EstimatedRows / 2 : left.EstimatedRows is { } lefts && right.EstimatedRows is { } rights ? Math.Max(lefts, rights) : null;

    private bool IsFiltering => kind is JoinKind.LeftSemi or JoinKind.LeftAnti;

    private bool KeepsLeft => kind is JoinKind.LeftOuter or JoinKind.FullOuter;

    private bool KeepsRight => kind is JoinKind.RightOuter or JoinKind.FullOuter;

    public static PlanNode Bind(JoinSyntax syntax, PlanNode left, Binder binder) => JoinBinding.Bind(syntax, left, binder);

    public override PlanNode Prune(IReadOnlySet<ColumnSymbol> needed)
    {
        var neededLeft = ColumnsOf(leftKeys).Union(needed).ToHashSet();
        var neededRight = ColumnsOf(rightKeys).Union(needed).ToHashSet();
        return new Join(left.Prune(neededLeft), right.Prune(neededRight), kind, leftKeys, rightKeys);
    }

    public override PlanNode Filter(BoundExpression predicate)
    {
        if (predicate.IsWindow || !predicate.IsDeterministic) return base.Filter(predicate);
        if (!KeepsRight && predicate.ReadColumns().All(left.Schema.Contains)) return new Join(left.Filter(predicate), right, kind, leftKeys, rightKeys);
        if (!KeepsLeft && !IsFiltering && predicate.ReadColumns().All(right.Schema.Contains)) return new Join(left, right.Filter(predicate), kind, leftKeys, rightKeys);
        return base.Filter(predicate);
    }

    public override IReadOnlyList<IEnumerable<Batch>> Open(QueryContext context)
    {
        if (kind == JoinKind.Inner && left.EstimatedRows * 2 < (right.EstimatedRows ?? long.MaxValue)) return OpenKeeping(left, leftKeys, right, rightKeys, isSwapped: true, context);
        return OpenKeeping(right, rightKeys, left, leftKeys, isSwapped: false, context);
    }

    private IReadOnlyList<IEnumerable<Batch>> OpenKeeping(
        PlanNode kept, IReadOnlyList<BoundExpression> keptKeys, PlanNode passing, IReadOnlyList<BoundExpression> passingKeys, bool isSwapped, QueryContext context)
    {
        var rows = kept.Whole(context);
        // Several threads look into it.
        for (var place = 0; place < rows.Schema.Count; place++) _ = rows[place];
        var table = new JoinTable(rows, [.. keptKeys.Select(key => key.Evaluate(rows, context))], context);
        var matched = KeepsRight ? new bool[rows.RowCount] : null;
        var parts = passing.Open(context).Select(part => part.SelectMany(batch => Pass(batch, table, passingKeys, matched, isSwapped, context)).Where(batch => batch.RowCount > 0)).ToList();
        if (matched is null) return parts;
        // What is left of the kept side is known when all of the other has gone by, so that goes by at once.
        var passed = Parts.Run(parts, context, part => part.Select(batch => Parts.Gathered(batch, context)).ToList());
        var rest = Enumerable.Range(0, rows.RowCount).Where(row => !matched[row]).ToArray();
        return [.. passed, [Pair(table, null, Missing(rest.Length), rest, false)]];
    }

    private IEnumerable<Batch> Pass(Batch batch, JoinTable table, IReadOnlyList<BoundExpression> keys, bool[]? matched, bool isSwapped, QueryContext context)
    {
        var first = table.Find([.. keys.Select(key => key.Evaluate(batch, context))], batch.RowCount);
        if (IsFiltering)
        {
            yield return batch.Select([.. Enumerable.Range(0, batch.RowCount).Where(i => first[i] >= 0 == (kind == JoinKind.LeftSemi))]);
            yield break;
        }

        var passing = new List<int>(batch.RowCount);
        var kept = new List<int>(batch.RowCount);
        for (var i = 0; i < first.Length; i++)
        {
            if (first[i] < 0 && KeepsLeft)
            {
                passing.Add(i);
                kept.Add(-1);
            }

            for (var row = first[i]; row >= 0; row = table.Next(row))
            {
                passing.Add(i);
                kept.Add(row);
                if (matched is not null) matched[row] = true;
                if (kept.Count < Batch.Size) continue;
                // A key may have any number of pairs, so they go on in batches.
                context.Cancellation.ThrowIfCancellationRequested();
                yield return Pair(table, batch, [.. passing], [.. kept], isSwapped);
                passing.Clear();
                kept.Clear();
            }
        }

        yield return Pair(table, batch, [.. passing], [.. kept], isSwapped);
    }

    private static int[] Missing(int count)
    {
        var rows = new int[count];
        Array.Fill(rows, -1);
        return rows;
    }

    private Batch Pair(JoinTable table, Batch? passing, int[] passingRows, int[] keptRows, bool isSwapped)
    {
        var leftCount = left.Schema.Count;
        return Batch.Lazy(Schema, keptRows.Length, place =>
        {
            var isKept = place >= leftCount != isSwapped;
            var side = place < leftCount ? place : place - leftCount;
            return isKept ? table.Rows[side].Take(keptRows)
                : passing is null ? Columns.Constant(Schema[place].Type, null, keptRows.Length)
                : passing[side].Take(passingRows);
        });
    }
}
