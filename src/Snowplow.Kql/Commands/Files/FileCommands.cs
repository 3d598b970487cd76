namespace Snowplow.Kql.Commands.Files;

/// <summary>Commands that write files.</summary>
internal static class FileCommands
{
    public static readonly CommandForm[] All = [ExportTo.Form];
}
