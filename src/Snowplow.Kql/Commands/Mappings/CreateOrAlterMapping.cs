using Snowplow.Kql.Commands.Core;
using Snowplow.Kql.Schema;

namespace Snowplow.Kql.Commands.Mappings;

/// <summary><c>.create-or-alter table … ingestion … mapping</c>.</summary>
internal static class CreateOrAlterMapping
{
    public static readonly CommandForm Form = new(
        "create-or-alter table * ingestion",
        ".create-or-alter table T ingestion csv|json|… mapping 'name' '[{\"Column\":…,\"Properties\":{\"Ordinal\":…}}, …]'",
        "Says how data becomes rows of a table, in the place of the mapping of that name.",
        reader => Read(reader).Put);

    /// <summary>What the commands that make a mapping are followed by.</summary>
    public static Declaration Read(CommandReader reader)
    {
        var name = MappingName.Read(reader);
        var start = reader.Parser.Current;
        var text = reader.Literals("the mapping, as JSON in quotes");
        return new Declaration(name, text, reader.Parser.SpanFrom(start));
    }

    /// <summary>A mapping as the commands have it.</summary>
    internal sealed record Declaration(MappingName Name, string Text, Syntax.TextSpan Span)
    {
        /// <summary>Puts it into the catalog.</summary>
        public ResultTable Put(CommandRun run)
        {
            var table = run.Table(Name.Table);
            MappingText.Check(Text, table, Span);
            var mapping = new IngestionMapping(Name.Name, Name.Kind, Text, run.Options.Now);
            run.Change(run.Catalog.With(table with { Mappings = [.. table.Mappings.Where(other => other != Name.In(table)), mapping] }));
            return MappingRows.Of(run.Database, table, mapping);
        }
    }
}
