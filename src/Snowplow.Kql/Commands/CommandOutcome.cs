using Snowplow.Kql.Data;

namespace Snowplow.Kql.Commands;

/// <summary>What commands gave.</summary>
/// <param name="Results">The answer of each.</param>
/// <param name="Database">The database as they left it; the one they began with where nothing has changed.</param>
/// <param name="RowChanges">What they did to rows, in order: the database has it in memory, and who keeps tables elsewhere does the same there.</param>
public sealed record CommandOutcome(IReadOnlyList<ResultTable> Results, Database Database, IReadOnlyList<RowChange> RowChanges);

/// <summary>Rows that were put into a table.</summary>
/// <param name="Rows">The rows, with the table's name and columns.</param>
/// <param name="Replaces">Whether they stand in the place of all that were there.</param>
public sealed record RowChange(MemoryTable Rows, bool Replaces);
