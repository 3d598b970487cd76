using Snowplow.Kql.Data;

namespace Snowplow.Silo.Query.Folder;

/// <summary>A table that is read when a query first wants its rows, and kept.</summary>
internal sealed class FolderTable(string name, IReadOnlyList<(string Name, KqlType Type)> columns, Func<IReadOnlyList<Extent>> read) : Table(name, columns)
{
    private readonly Lazy<IReadOnlyList<Extent>> _extents = new(read);

    /// <inheritdoc/>
    public override IReadOnlyList<Extent> Extents(IReadOnlyList<ColumnRange> ranges) => _extents.Value;
}
