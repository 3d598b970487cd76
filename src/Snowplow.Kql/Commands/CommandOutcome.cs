using Snowplow.Kql.Data;

namespace Snowplow.Kql.Commands;

/// <summary>What commands gave.</summary>
/// <param name="Results">The answer of each.</param>
/// <param name="Database">The database as they left it; the one they began with where nothing has changed.</param>
public sealed record CommandOutcome(IReadOnlyList<ResultTable> Results, Database Database);
