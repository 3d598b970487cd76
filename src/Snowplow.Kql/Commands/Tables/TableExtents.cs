using Snowplow.Kql.Commands.Core;
using Snowplow.Kql.Data;
using Snowplow.Kql.Schema;

namespace Snowplow.Kql.Commands.Tables;

/// <summary>Answers that tell how tables are stored, in Kusto's columns. Sizes of what came in are not known, and are null.</summary>
internal static class TableExtents
{
    private static readonly (string, KqlType)[] ExtentColumns =
    [
        ("ExtentId", KqlType.Guid), ("DatabaseName", KqlType.String), ("TableName", KqlType.String), ("MaxCreatedOn", KqlType.DateTime), ("OriginalSize", KqlType.Real),
        ("ExtentSize", KqlType.Real), ("CompressedSize", KqlType.Real), ("IndexSize", KqlType.Real), ("Blocks", KqlType.Long), ("Segments", KqlType.Long),
        ("ExtentContainerId", KqlType.String), ("RowCount", KqlType.Long), ("MinCreatedOn", KqlType.DateTime), ("Tags", KqlType.String), ("Kind", KqlType.String),
        ("DeletedRowCount", KqlType.Long),
    ];

    // Behind Kusto's columns stand what is in memory alone, and what is in files and not in the table yet.
    private static readonly (string, KqlType)[] DetailColumns =
    [
        ("TableName", KqlType.String), ("DatabaseName", KqlType.String), ("Folder", KqlType.String), ("DocString", KqlType.String), ("TotalExtents", KqlType.Long),
        ("TotalExtentSize", KqlType.Real), ("TotalOriginalSize", KqlType.Real), ("TotalRowCount", KqlType.Long), ("HotExtents", KqlType.Long), ("HotExtentSize", KqlType.Real),
        ("HotOriginalSize", KqlType.Real), ("HotRowCount", KqlType.Long), ("AuthorizedPrincipals", KqlType.String), ("RetentionPolicy", KqlType.String),
        ("CachingPolicy", KqlType.String), ("ShardingPolicy", KqlType.String), ("MergePolicy", KqlType.String), ("StreamingIngestionPolicy", KqlType.String),
        ("IngestionBatchingPolicy", KqlType.String), ("MinExtentsCreationTime", KqlType.DateTime), ("MaxExtentsCreationTime", KqlType.DateTime), ("RowOrderPolicy", KqlType.String),
        ("TableId", KqlType.Guid), ("RowsInMemory", KqlType.Long), ("RecordsBehind", KqlType.Long),
    ];

    private static readonly string[] Policies = ["retention", "caching", "sharding", "merge", "streamingingestion", "ingestionbatching"];

    /// <summary>A row for each extent of tables, rows in memory as one without an id.</summary>
    public static ResultTable Extents(Database database, IEnumerable<string> tables) => CommandRows.Of(ExtentColumns, tables.SelectMany(table =>
        database.Tables[table].Extents([]).Select(extent => extent.Details).Select(extent => new object?[]
        {
            extent.Id ?? Guid.Empty, database.Name, table, extent.WrittenOn, null, (double)(extent.RowBytes + extent.IndexBytes), (double)extent.RowBytes, (double)extent.IndexBytes, null, null,
            "", extent.RowCount, extent.WrittenOn, "", extent.Id is null ? "Memory" : "Columnar", extent.DeletedRowCount,
        })));

    /// <summary>A row for each table.</summary>
    public static ResultTable Details(Database database, IEnumerable<string> tables) => CommandRows.Of(DetailColumns, tables.Select(name =>
    {
        var definition = database.Definition(name)!;
        var extents = database.Tables[name].Extents([]).Select(extent => extent.Details).ToList();
        var stored = extents.Where(extent => extent.Id is not null).ToList();
        var (size, rows) = ((double)stored.Sum(extent => extent.RowBytes + extent.IndexBytes), extents.Sum(extent => extent.RowCount - extent.DeletedRowCount));
        var policies = Policies.Select(policy => (object?)database.Catalog.Policies.GetValueOrDefault(new PolicyKey("table", name, policy), "")).ToArray();
        return (object?[])
        [
            name, database.Name, definition.Folder, definition.DocString, (long)stored.Count, size, null, rows, (long)stored.Count, size, null, rows, "", .. policies,
            stored.Min(extent => extent.WrittenOn), stored.Max(extent => extent.WrittenOn), "", Guid.Empty,
            extents.Where(extent => extent.Id is null).Sum(extent => extent.RowCount - extent.DeletedRowCount), database.Tables[name].RecordsBehind,
        ];
    }));
}
