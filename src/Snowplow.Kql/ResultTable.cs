using Snowplow.Kql.Data;

namespace Snowplow.Kql;

/// <summary>A result of a query.</summary>
/// <param name="Name">Its name: <c>PrimaryResult</c>, or that of a branch of fork.</param>
/// <param name="Columns">The columns.</param>
/// <param name="Batches">The rows in order; every batch has all columns.</param>
/// <param name="Visualization">What render asked for; null without it.</param>
public sealed record ResultTable(string Name, IReadOnlyList<ColumnSymbol> Columns, IReadOnlyList<Batch> Batches, Visualization? Visualization)
{
    /// <summary>Number of rows.</summary>
    public long RowCount => Batches.Sum(batch => (long)batch.RowCount);

    /// <summary>The rows, each an array of values as <see cref="Column.Box"/> gives them.</summary>
    public IEnumerable<object?[]> Rows()
    {
        foreach (var batch in Batches)
        {
            for (var row = 0; row < batch.RowCount; row++)
            {
                var values = new object?[Columns.Count];
                for (var i = 0; i < values.Length; i++) values[i] = batch[Columns[i]].Box(row);
                yield return values;
            }
        }
    }
}
