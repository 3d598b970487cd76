using Snowplow.Kql.Commands.Core;

namespace Snowplow.Kql.Commands.Tables;

/// <summary><c>.show table</c>, with the schema in KQL or JSON.</summary>
internal static class ShowTable
{
    public static readonly CommandForm Form = new("show table *", ".show table T cslschema | schema as json", "The columns of a table, as `.create table` takes them or as JSON.", Read);

    private static CommandAction Read(CommandReader reader)
    {
        var name = reader.Name("the name of a table");
        if (reader.Word("cslschema", "schema") == "cslschema") return run => TableRows.WithCslSchema(run.Database, run.Table(name));
        reader.Word("as");
        if (reader.Word("json", "csl") == "csl") return run => TableRows.WithCslSchema(run.Database, run.Table(name));
        return run => TableRows.WithSchema(run.Database, run.Table(name));
    }
}
