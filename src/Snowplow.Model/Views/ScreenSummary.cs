using System.Text.Json.Serialization;
using Snowplow.Events.Enriched;

namespace Snowplow.Model.Views;

/// <summary>
/// The entity screen_summary (com.snowplowanalytics.mobile), whose numbers grow as long as a screen is shown: the greatest
/// of each.
/// </summary>
internal sealed record ScreenSummary
{
    private static readonly EntityType Type = new("com.snowplowanalytics.mobile", "screen_summary", 1);

    [JsonPropertyName("f")]
    public double ForegroundSec { get; init; }

    [JsonPropertyName("b")]
    public double BackgroundSec { get; init; }

    [JsonPropertyName("i")]
    public long? LastItemIndex { get; init; }

    [JsonPropertyName("n")]
    public long? ItemsCount { get; init; }

    [JsonPropertyName("x")]
    public long? MaxXOffset { get; init; }

    [JsonPropertyName("y")]
    public long? MaxYOffset { get; init; }

    [JsonPropertyName("w")]
    public long? ContentWidth { get; init; }

    [JsonPropertyName("h")]
    public long? ContentHeight { get; init; }

    public static ScreenSummary? TryRead(EnrichedEvent e)
    {
        var contexts = e[EventField.Contexts];
        if (contexts.IndexOf("/screen_summary/"u8) < 0 || !EntityReader.TryFind(contexts, Type, out var summary)) return null;
        return new ScreenSummary
        {
            ForegroundSec = Seconds(summary.Number("foreground_sec"u8)),
            BackgroundSec = Seconds(summary.Number("background_sec"u8)),
            LastItemIndex = summary.Integer("last_item_index"u8),
            ItemsCount = summary.Integer("items_count"u8),
            MaxXOffset = summary.Integer("max_x_offset"u8),
            MaxYOffset = summary.Integer("max_y_offset"u8),
            ContentWidth = summary.Integer("content_width"u8),
            ContentHeight = summary.Integer("content_height"u8),
        };
    }

    public ScreenSummary With(ScreenSummary? other) => other is null ? this : new ScreenSummary
    {
        ForegroundSec = Math.Max(ForegroundSec, other.ForegroundSec),
        BackgroundSec = Math.Max(BackgroundSec, other.BackgroundSec),
        LastItemIndex = Greater(LastItemIndex, other.LastItemIndex),
        ItemsCount = Greater(ItemsCount, other.ItemsCount),
        MaxXOffset = Greater(MaxXOffset, other.MaxXOffset),
        MaxYOffset = Greater(MaxYOffset, other.MaxYOffset),
        ContentWidth = Greater(ContentWidth, other.ContentWidth),
        ContentHeight = Greater(ContentHeight, other.ContentHeight),
    };

    // A number beyond a century is a slip.
    private static double Seconds(double? value) => Math.Clamp(value ?? 0, 0, 3.2e9);

    private static long? Greater(long? a, long? b) => a is null ? b : b is null ? a : Math.Max(a.Value, b.Value);
}
