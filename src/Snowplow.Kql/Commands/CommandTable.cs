namespace Snowplow.Kql.Commands;

/// <summary>All control commands, by folder.</summary>
internal static class CommandTable
{
    /// <summary>The commands of each folder, in the order in which the documentation lists them.</summary>
    public static readonly (string Folder, CommandForm[] Forms)[] Folders =
    [
        ("Tables", Tables.TableCommands.All),
        ("Rows", Rows.RowCommands.All),
        ("Files", Files.FileCommands.All),
        ("Functions", Functions.FunctionCommands.All),
        ("Materialized views", Views.ViewCommands.All),
        ("Ingestion mappings", Mappings.MappingCommands.All),
        ("Policies", Policies.PolicyCommands.All),
        ("Databases", Databases.DatabaseCommands.All),
        ("Scripts", Scripts.ScriptCommands.All),
    ];

    /// <summary>All forms.</summary>
    public static readonly CommandForm[] All = [.. Folders.SelectMany(folder => folder.Forms)];
}
