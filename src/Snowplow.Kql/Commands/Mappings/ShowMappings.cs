using Snowplow.Kql.Commands.Core;

namespace Snowplow.Kql.Commands.Mappings;

/// <summary><c>.show table … ingestion mappings</c>.</summary>
internal static class ShowMappings
{
    public static readonly CommandForm Form = new("show table * ingestion mappings", ".show table T ingestion mappings", "All mappings of a table.", Read);

    private static CommandAction Read(CommandReader reader)
    {
        var table = reader.Name("the name of a table");
        reader.Word("ingestion");
        reader.Word("mappings");
        return run => MappingRows.Of(run.Database, run.Table(table), run.Table(table).Mappings);
    }
}
