using System.Text.Json;
using Snowplow.Model.Excerpts;
using Snowplow.Model.Touches;

namespace Snowplow.Model.Rows;

/// <summary>Writes <see cref="TouchColumns"/>.</summary>
internal static class TouchJson
{
    private static readonly JsonEncodedText[] Names = RowJson.Names(TouchColumns.All);
    private static readonly bool[] IsNumber = [.. TouchColumns.All.Select(column => column.Type == "real")];

    public static void Touches(this Utf8JsonWriter row, Touch entry, Touch exit)
    {
        Span<Range> entryPage = stackalloc Range[Excerpt.MaxColumns];
        Span<Range> entryDevice = stackalloc Range[Excerpt.MaxColumns];
        Span<Range> exitPage = stackalloc Range[Excerpt.MaxColumns];
        Span<Range> exitDevice = stackalloc Range[Excerpt.MaxColumns];
        entry.Page.Split(entryPage);
        entry.Device.Split(entryDevice);
        exit.Page.Split(exitPage);
        exit.Device.Split(exitDevice);
        for (var i = 0; i < Names.Length; i++)
        {
            var source = TouchColumns.Sources[i];
            var touch = source.IsExit ? exit : entry;
            var text = source.IsPage
                ? touch.Page.Text[(source.IsExit ? exitPage : entryPage)[source.Index]]
                : touch.Device.Text[(source.IsExit ? exitDevice : entryDevice)[source.Index]];
            row.Field(Names[i], text, IsNumber[i]);
        }
    }
}
