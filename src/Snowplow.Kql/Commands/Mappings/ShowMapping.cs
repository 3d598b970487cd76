using Snowplow.Kql.Commands.Core;

namespace Snowplow.Kql.Commands.Mappings;

/// <summary><c>.show table … ingestion … mapping</c> and <c>mappings</c> of a kind.</summary>
internal static class ShowMapping
{
    public static readonly CommandForm Form = new(
        "show table * ingestion", ".show table T ingestion csv|json|… mapping 'name'|mappings", "A mapping of a table, or all of a kind.", Read);

    private static CommandAction Read(CommandReader reader)
    {
        var table = reader.Name("the name of a table");
        reader.Word("ingestion");
        var kind = MappingName.ReadKind(reader);
        if (reader.TryWord("mappings")) return run => MappingRows.Of(run.Database, run.Table(table), run.Table(table).Mappings.Where(mapping => mapping.Kind == kind));
        reader.Word("mapping");
        var start = reader.Parser.Current;
        var name = new MappingName(table, kind, reader.Literal("the name of the mapping, in quotes"), start.Span);
        return run => MappingRows.Of(run.Database, run.Table(table), name.Of(run.Table(table)));
    }
}
