using Snowplow.Kql.Commands.Core;
using Snowplow.Kql.Data;
using Snowplow.Kql.Schema;

namespace Snowplow.Kql.Commands.Mappings;

/// <summary>Answers that tell of ingestion mappings.</summary>
internal static class MappingRows
{
    private static readonly (string, KqlType)[] Columns =
        [("Name", KqlType.String), ("Kind", KqlType.String), ("Mapping", KqlType.String), ("LastUpdatedOn", KqlType.DateTime), ("Database", KqlType.String), ("Table", KqlType.String)];

    public static ResultTable Of(Database database, TableDefinition table, params IEnumerable<IngestionMapping> mappings) =>
        CommandRows.Of(Columns, mappings.Select(mapping => new object?[] { mapping.Name, Capitalized(mapping.Kind), mapping.Text, mapping.UpdatedOn, database.Name, table.Name }));

    private static string Capitalized(string kind) => $"{char.ToUpperInvariant(kind[0])}{kind[1..]}";
}
