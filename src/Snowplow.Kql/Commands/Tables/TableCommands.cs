namespace Snowplow.Kql.Commands.Tables;

/// <summary>Commands of tables.</summary>
internal static class TableCommands
{
    public static readonly CommandForm[] All = [CreateTable.Form, CreateMergeTable.Form, AlterTableDocString.Form, AlterTableFolder.Form, AlterColumnDocStrings.Form, DropTable.Form, ShowTables.Form, ShowTable.Form];
}
