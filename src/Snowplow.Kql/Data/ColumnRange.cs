namespace Snowplow.Kql.Data;

/// <summary>What a filter asks of a column, so that extents which cannot have such rows are not read. Null bounds are open.</summary>
/// <param name="Column">The column's place in the table.</param>
/// <param name="Least">The least value that may match, as <see cref="Column.Box"/> gives it.</param>
/// <param name="Greatest">The greatest value that may match.</param>
public sealed record ColumnRange(int Column, object? Least, object? Greatest);
