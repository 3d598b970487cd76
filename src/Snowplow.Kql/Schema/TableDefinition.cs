using System.Collections.Immutable;

namespace Snowplow.Kql.Schema;

/// <summary>What is known of a table beside its rows.</summary>
/// <param name="Name">The name.</param>
/// <param name="Columns">The columns, in order.</param>
/// <param name="Folder">The folder that clients show it in; empty for none.</param>
/// <param name="DocString">What a row is; empty where nobody said.</param>
public sealed record TableDefinition(string Name, ImmutableArray<ColumnDefinition> Columns, string Folder, string DocString)
{
    /// <summary>Whether the table is one of the platform, whose columns commands do not change and which they do not drop.</summary>
    public bool IsFixed { get; init; }

    /// <summary>How data becomes its rows, by name and kind.</summary>
    public ImmutableArray<IngestionMapping> Mappings { get; init; } = [];

    /// <summary>The columns as <c>.show table</c> has them: <c>id:long, name:string</c>.</summary>
    public string CslSchema => string.Join(", ", Columns.Select(column => $"{KqlNames.Quoted(column.Name)}:{Data.KqlTypes.Name(column.Type)}"));
}
