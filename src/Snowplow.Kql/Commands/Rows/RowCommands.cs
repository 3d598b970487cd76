namespace Snowplow.Kql.Commands.Rows;

/// <summary>Commands that put rows into tables.</summary>
internal static class RowCommands
{
    public static readonly CommandForm[] All = [IngestInline.Form, .. SetTable.Forms, ClearTable.Form];
}
