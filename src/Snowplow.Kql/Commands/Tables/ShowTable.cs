using Snowplow.Kql.Commands.Core;

namespace Snowplow.Kql.Commands.Tables;

/// <summary><c>.show table</c>, with the schema in KQL or JSON.</summary>
internal static class ShowTable
{
    public static readonly CommandForm Form = new("show table *", ".show table T cslschema | schema as json | details | extents", "The columns of a table, as `.create table` takes them or as JSON; how it is stored; its extents.", Read);

    private static CommandAction Read(CommandReader reader)
    {
        var name = reader.Name("the name of a table");
        switch (reader.Word("cslschema", "schema", "details", "extents"))
        {
            case "cslschema": return run => TableRows.WithCslSchema(run.Database, run.Table(name));
            case "details": return run => TableExtents.Details(run.Database, [run.Table(name).Name]);
            case "extents": return run => TableExtents.Extents(run.Database, [run.Table(name).Name]);
        }

        reader.Word("as");
        if (reader.Word("json", "csl") == "csl") return run => TableRows.WithCslSchema(run.Database, run.Table(name));
        return run => TableRows.WithSchema(run.Database, run.Table(name));
    }
}
