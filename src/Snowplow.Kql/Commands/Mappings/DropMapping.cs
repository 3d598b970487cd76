using Snowplow.Kql.Commands.Core;

namespace Snowplow.Kql.Commands.Mappings;

/// <summary><c>.drop table … ingestion … mapping</c>.</summary>
internal static class DropMapping
{
    public static readonly CommandForm Form = new("drop table * ingestion", ".drop table T ingestion csv|json|… mapping 'name'", "Removes a mapping.", Read);

    private static CommandAction Read(CommandReader reader)
    {
        var name = MappingName.Read(reader);
        return run =>
        {
            var table = run.Table(name.Table);
            var mapping = name.Of(table);
            run.Change(run.Catalog.With(table with { Mappings = table.Mappings.Remove(mapping) }));
            return MappingRows.Of(run.Database, table, mapping);
        };
    }
}
