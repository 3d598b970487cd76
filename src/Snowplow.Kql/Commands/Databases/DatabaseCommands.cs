namespace Snowplow.Kql.Commands.Databases;

/// <summary>Commands that tell what there is, as clients ask them when they connect.</summary>
internal static class DatabaseCommands
{
    public static readonly CommandForm[] All = [ShowDatabases.Form, ShowDatabase.Form, ShowSchema.Form, ShowVersion.Form];
}
