using Snowplow.Kql.Commands.Core;

namespace Snowplow.Kql.Commands.Databases;

/// <summary><c>.show schema</c>.</summary>
internal static class ShowSchema
{
    public static readonly CommandForm Form = new("show schema", ".show schema [as json]", "The same, of all databases: there is one.", Read);

    private static CommandAction Read(CommandReader reader)
    {
        var isJson = SchemaForm.TryAsJson(reader);
        return run => isJson ? CommandRows.OfTexts(["ClusterSchema"], [[DatabaseSchema.Json(run)]]) : DatabaseSchema.Rows(run.Database);
    }
}
