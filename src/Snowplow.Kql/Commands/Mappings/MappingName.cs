using Snowplow.Kql.Binding;
using Snowplow.Kql.Commands.Core;
using Snowplow.Kql.Schema;
using Snowplow.Kql.Syntax;

namespace Snowplow.Kql.Commands.Mappings;

/// <summary><c>T ingestion csv mapping 'name'</c>: which mapping a command is about.</summary>
internal sealed record MappingName(Token Table, string Kind, string Name, TextSpan Span)
{
    private static readonly string[] Kinds = ["csv", "json", "avro", "apacheavro", "parquet", "sstream", "orc", "w3clogfile"];

    public static MappingName Read(CommandReader reader)
    {
        var table = reader.Name("the name of a table");
        reader.Word("ingestion");
        var kind = ReadKind(reader);
        reader.Word("mapping");
        var start = reader.Parser.Current;
        return new MappingName(table, kind, reader.Literal("the name of the mapping, in quotes"), start.Span);
    }

    public static string ReadKind(CommandReader reader) => reader.Word(Kinds);

    /// <summary>The mapping of a table; null where it has none of that name.</summary>
    public IngestionMapping? In(TableDefinition table) => table.Mappings.FirstOrDefault(mapping => mapping.Name == Name && mapping.Kind == Kind);

    /// <summary>The mapping of a table, which must be there.</summary>
    public IngestionMapping Of(TableDefinition table) => In(table) ?? throw BindFailure.Unresolved($"{Kind} mapping", Name, Span);
}
