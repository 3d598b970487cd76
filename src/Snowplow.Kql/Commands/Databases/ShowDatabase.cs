using Snowplow.Kql.Commands.Core;
using Snowplow.Kql.Commands.Tables;
using Snowplow.Kql.Syntax;

namespace Snowplow.Kql.Commands.Databases;

/// <summary><c>.show database</c>, with the schema or the extents.</summary>
internal static class ShowDatabase
{
    public static readonly CommandForm Form = new(
        "show database", ".show database [D] schema [as json] | extents", "The tables and columns of the database; `as json` with its functions, in one text; the extents of all its tables.", Read);

    private static CommandAction Read(CommandReader reader)
    {
        Token? name = IsPart(reader.Parser.Current) && !IsPart(reader.Parser.Ahead()) ? null : reader.Name("the name of the database, 'schema' or 'extents'");
        var schema = SchemaForm.Read(reader);
        if (schema is null && !reader.TryWord("extents")) throw reader.Parser.Expected("'schema' or 'extents'");
        return run =>
        {
            if (name is { } one) DatabaseSchema.Require(run.Database, one);
            return schema?.Of(run) ?? TableExtents.Extents(run.Database, run.Database.Tables.Keys.Order(StringComparer.Ordinal));
        };
    }

    private static bool IsPart(Token token) => token.Is("schema") || token.Is("extents");
}
