namespace Snowplow.Kql.Schema;

/// <summary>
/// A view that Data Explorer keeps up to date as rows come. The embedded engine runs its query whenever it is named, with the same result.
/// </summary>
/// <param name="SourceTable">The table, or the view, that it is made of.</param>
/// <param name="Query">Its query, as a function without parameters.</param>
public sealed record MaterializedView(string SourceTable, StoredFunction Query)
{
    /// <summary>The name.</summary>
    public string Name => Query.Name;
}
