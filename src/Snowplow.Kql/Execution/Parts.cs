using System.Runtime.ExceptionServices;
using Snowplow.Kql.Data;

namespace Snowplow.Kql.Execution;

/// <summary>What operators do with the parts of their input.</summary>
internal static class Parts
{
    /// <summary>The result of a function of each part, in their order, each on a thread of its own.</summary>
    public static T[] Run<T>(IReadOnlyList<IEnumerable<Batch>> parts, QueryContext context, Func<IEnumerable<Batch>, T> run)
    {
        var results = new T[parts.Count];
        InParallel(parts.Count, context, i => results[i] = run(parts[i]));
        return results;
    }

    /// <summary>Does something for each number from 0, on as many threads as the query may have; the first failure is thrown as it is.</summary>
    public static void InParallel(int count, QueryContext context, Action<int> act)
    {
        if (count == 1 || context.Workers == 1)
        {
            for (var i = 0; i < count; i++) act(i);
            return;
        }

        try
        {
            Parallel.For(0, count, new ParallelOptions { MaxDegreeOfParallelism = context.Workers, CancellationToken = context.Cancellation }, act);
        }
        catch (AggregateException failures) when (failures.Flatten().InnerExceptions is [var first, ..])
        {
            ExceptionDispatchInfo.Throw(first);
        }
    }

    /// <summary>Each part with a function applied to its batches.</summary>
    public static IReadOnlyList<IEnumerable<Batch>> Each(IReadOnlyList<IEnumerable<Batch>> parts, Func<Batch, Batch> apply) => [.. parts.Select(part => part.Select(apply))];

    /// <summary>Each part with a function applied to its batches that gives any number of them.</summary>
    public static IReadOnlyList<IEnumerable<Batch>> Each(IReadOnlyList<IEnumerable<Batch>> parts, Func<Batch, IEnumerable<Batch>> apply) =>
        [.. parts.Select(part => part.SelectMany(apply))];

    /// <summary>All rows as one batch. Their memory is counted, and the caller's to give back.</summary>
    public static Batch Whole(RowSchema schema, IReadOnlyList<IEnumerable<Batch>> parts, QueryContext context)
    {
        // Columns are gathered by the thread that reads the part.
        var batches = Run(parts, context, part => part.Where(batch => batch.RowCount > 0).Select(batch => Gathered(batch, context)).ToList()).SelectMany(list => list).ToList();
        var rows = batches.Sum(batch => (long)batch.RowCount);
        if (rows > Array.MaxLength) throw new KqlException(KqlErrorKind.Limit, $"{rows} rows are more than can be ordered or kept at once: filter earlier");
        if (batches.Count == 1 && Enumerable.Range(0, schema.Count).All(i => !batches[0][i].IsConstant)) return batches[0];
        var columns = new Column[schema.Count];
        var bytes = Held.Elements(schema, rows);
        context.Reserve(bytes);
        InParallel(columns.Length, context, i =>
        {
            Column[] pieces = [.. batches.Select(batch => batch[i])];
            columns[i] = Columns.Concatenate(schema[i].Type, pieces);
            // Strings of several pools are in a new one now.
            foreach (var piece in pieces) context.Held.Drop(piece);
            if (columns[i] is StringColumn) context.Held.Keep(columns[i]);
        });
        context.Release(bytes);
        return new Batch(schema, columns, (int)rows);
    }

    /// <summary>A batch with all its columns read, and their memory counted.</summary>
    public static Batch Gathered(Batch batch, QueryContext context)
    {
        context.Reserve(Held.Elements(batch.Schema, batch.RowCount));
        for (var i = 0; i < batch.Schema.Count; i++) context.Held.Keep(batch[i]);
        return batch;
    }

    /// <summary>A batch cut into parts and those into batches.</summary>
    public static IReadOnlyList<IEnumerable<Batch>> Split(Batch whole, QueryContext context) => Split(whole, context, whole.Slice);

    /// <summary>A batch cut into parts, and those into batches that are made of so many rows from one on.</summary>
    public static IReadOnlyList<IEnumerable<Batch>> Split(Batch whole, QueryContext context, Func<int, int, Batch> make)
    {
        var pieces = (whole.RowCount + Batch.Size - 1) / Batch.Size;
        var parts = Math.Clamp(Math.Min(context.Workers, pieces / 4), 1, 256);
        if (parts > 1) whole.Load();
        return [.. Enumerable.Range(0, parts).Select(part => Pieces(whole.RowCount, (int)((long)pieces * part / parts), (int)((long)pieces * (part + 1) / parts), make, context))];
    }

    private static IEnumerable<Batch> Pieces(int rows, int first, int end, Func<int, int, Batch> make, QueryContext context)
    {
        for (var i = first; i < end; i++)
        {
            context.Cancellation.ThrowIfCancellationRequested();
            yield return make(i * Batch.Size, Math.Min(Batch.Size, rows - (i * Batch.Size)));
        }
    }
}
