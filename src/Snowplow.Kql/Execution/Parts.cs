using Snowplow.Kql.Data;

namespace Snowplow.Kql.Execution;

/// <summary>What operators do with the parts of their input.</summary>
internal static class Parts
{
    /// <summary>The result of a function of each part, in their order, each on a thread of its own.</summary>
    public static T[] Run<T>(IReadOnlyList<IEnumerable<Batch>> parts, QueryContext context, Func<IEnumerable<Batch>, T> run)
    {
        if (parts.Count == 1 || context.Workers == 1) return [.. parts.Select(part => run(Watched(part, context)))];
        var results = new T[parts.Count];
        try
        {
            Parallel.For(0, parts.Count, new ParallelOptions { MaxDegreeOfParallelism = context.Workers, CancellationToken = context.Cancellation }, i => results[i] = run(Watched(parts[i], context)));
        }
        catch (AggregateException failures) when (failures.Flatten().InnerExceptions is [var first, ..])
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(first);
        }

        return results;
    }

    /// <summary>Each part with a function applied to its batches.</summary>
    public static IReadOnlyList<IEnumerable<Batch>> Each(IReadOnlyList<IEnumerable<Batch>> parts, Func<Batch, Batch> apply) => [.. parts.Select(part => part.Select(apply))];

    /// <summary>All rows as one batch.</summary>
    public static Batch Whole(RowSchema schema, IReadOnlyList<IEnumerable<Batch>> parts, QueryContext context)
    {
        // Columns are gathered by the thread that reads the part.
        var batches = Run(parts, context, part => part.Where(batch => batch.RowCount > 0).Select(batch => Gathered(batch, context)).ToList()).SelectMany(list => list).ToList();
        var rows = batches.Sum(batch => (long)batch.RowCount);
        if (rows > Array.MaxLength) throw new KqlException(KqlErrorKind.Limit, $"{rows} rows are more than can be ordered or kept at once: filter earlier");
        if (batches.Count == 1 && Enumerable.Range(0, schema.Count).All(i => !batches[0][i].IsConstant)) return batches[0];
        var columns = new Column[schema.Count];
        context.Reserve(rows * schema.Count * 8);
        Parallel.For(0, columns.Length, new ParallelOptions { MaxDegreeOfParallelism = context.Workers, CancellationToken = context.Cancellation }, i =>
        {
            columns[i] = Columns.Concatenate(schema[i].Type, [.. batches.Select(batch => batch[i])]);
        });
        return new Batch(schema, columns, (int)rows);
    }

    /// <summary>A batch cut into parts and those into batches.</summary>
    public static IReadOnlyList<IEnumerable<Batch>> Split(Batch whole, QueryContext context)
    {
        var pieces = (whole.RowCount + Batch.Size - 1) / Batch.Size;
        var parts = Math.Clamp(Math.Min(context.Workers, pieces / 4), 1, 256);
        return [.. Enumerable.Range(0, parts).Select(part => Pieces(whole, (int)((long)pieces * part / parts), (int)((long)pieces * (part + 1) / parts)))];
    }

    private static IEnumerable<Batch> Pieces(Batch whole, int first, int end)
    {
        for (var i = first; i < end; i++) yield return whole.Slice(i * Batch.Size, Math.Min(Batch.Size, whole.RowCount - (i * Batch.Size)));
    }

    private static IEnumerable<Batch> Watched(IEnumerable<Batch> part, QueryContext context)
    {
        foreach (var batch in part)
        {
            context.Cancellation.ThrowIfCancellationRequested();
            yield return batch;
        }
    }

    private static Batch Gathered(Batch batch, QueryContext context)
    {
        context.Reserve(8L * batch.RowCount * batch.Schema.Count);
        for (var i = 0; i < batch.Schema.Count; i++) _ = batch[i];
        return batch;
    }
}
