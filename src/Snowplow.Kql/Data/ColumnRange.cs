namespace Snowplow.Kql.Data;

/// <summary>Passes rows whose value is between two; of columns that are no texts. Null bounds are open.</summary>
/// <param name="Column">The column's place in the table.</param>
/// <param name="Least">
/// The least value that may match, as <see cref="Column.Box"/> gives it, or of another type of numbers: values are compared as that type then.
/// </param>
/// <param name="Greatest">The greatest value that may match.</param>
public sealed record ColumnRange(int Column, object? Least, object? Greatest) : RowTest
{
    /// <inheritdoc/>
    public override IEnumerable<int> Columns => [Column];
}
