using Snowplow.Kql.Commands.Core;
using Snowplow.Kql.Data;

namespace Snowplow.Kql.Commands.Databases;

/// <summary><c>.show databases</c>, also with the schema.</summary>
internal static class ShowDatabases
{
    public static readonly CommandForm Form = new(
        "show databases", ".show databases [(D, …)] [schema [as json]]", "The database; with `schema` its tables and columns.", Read);

    private static readonly (string, KqlType)[] Columns =
    [
        ("DatabaseName", KqlType.String), ("PersistentStorage", KqlType.String), ("Version", KqlType.String), ("IsCurrent", KqlType.Bool),
        ("DatabaseAccessMode", KqlType.String), ("PrettyName", KqlType.String), ("ReservedSlot1", KqlType.Bool), ("DatabaseId", KqlType.Guid), ("InTransitionTo", KqlType.String),
    ];

    private static CommandAction Read(CommandReader reader)
    {
        var names = reader.Parser.IsAt("(") ? reader.Names("the name of a database") : [];
        var schema = SchemaForm.Read(reader);
        return run =>
        {
            foreach (var name in names) DatabaseSchema.Require(run.Database, name);
            return schema?.Of(run) ?? CommandRows.Of(Columns, [[run.Database.Name, "", DatabaseSchema.Version, true, "ReadWrite", "", null, Guid.Empty, ""]]);
        };
    }
}
