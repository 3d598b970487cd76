using Snowplow.Kql.Commands.Core;
using Snowplow.Kql.Syntax;

namespace Snowplow.Kql.Commands.Databases;

/// <summary><c>.show database schema</c>.</summary>
internal static class ShowDatabase
{
    public static readonly CommandForm Form = new(
        "show database", ".show database [D] schema [as json]", "The tables and columns of the database; `as json` with its functions, in one text.", Read);

    private static CommandAction Read(CommandReader reader)
    {
        Token? name = reader.Parser.IsAt("schema") && !reader.Parser.Ahead().Is("schema") ? null : reader.Name("the name of the database, or 'schema'");
        var schema = SchemaForm.Read(reader) ?? throw reader.Parser.Expected("'schema'");
        return run =>
        {
            if (name is { } one) DatabaseSchema.Require(run.Database, one);
            return schema.Of(run);
        };
    }
}
