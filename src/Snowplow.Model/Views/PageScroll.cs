using System.Text.Json.Serialization;
using Snowplow.Events.Enriched;

namespace Snowplow.Model.Views;

/// <summary>How far a page was scrolled, in pixels: the greatest of each over the view's own kind of event and its pings.</summary>
internal readonly record struct PageScroll
{
    [JsonPropertyName("x")]
    public int X { get; init; }

    [JsonPropertyName("y")]
    public int Y { get; init; }

    [JsonPropertyName("dw")]
    public int? DocWidth { get; init; }

    [JsonPropertyName("dh")]
    public int? DocHeight { get; init; }

    [JsonPropertyName("vw")]
    public int? ViewWidth { get; init; }

    [JsonPropertyName("vh")]
    public int? ViewHeight { get; init; }

    public PageScroll With(EnrichedEvent e, bool isPing) => With(new PageScroll
    {
        X = isPing ? Held(e.Int(EventField.PpXoffsetMax), e.Int(EventField.DocWidth)) : 0,
        Y = isPing ? Held(e.Int(EventField.PpYoffsetMax), e.Int(EventField.DocHeight)) : 0,
        DocWidth = e.Int(EventField.DocWidth),
        DocHeight = e.Int(EventField.DocHeight),
        ViewWidth = e.Int(EventField.BrViewwidth),
        ViewHeight = e.Int(EventField.BrViewheight),
    });

    public PageScroll With(PageScroll other) => new()
    {
        X = Math.Max(X, other.X),
        Y = Math.Max(Y, other.Y),
        DocWidth = Greater(DocWidth, other.DocWidth),
        DocHeight = Greater(DocHeight, other.DocHeight),
        ViewWidth = Greater(ViewWidth, other.ViewWidth),
        ViewHeight = Greater(ViewHeight, other.ViewHeight),
    };

    /// <summary>100 × part / whole, at most 100, rounded, halves up; null where the whole is unknown or nothing.</summary>
    public static long? Percent(long part, long? whole) =>
        whole > 0 ? (200 * Math.Clamp(part, 0, whole.Value) + whole.Value) / (2 * whole.Value) : null;

    private static int Held(int? offset, int? size)
    {
        var least = Math.Max(0, offset ?? 0);
        return size is { } most && most >= 0 ? Math.Min(least, most) : least;
    }

    private static int? Greater(int? a, int? b) => a is null ? b : b is null ? a : Math.Max(a.Value, b.Value);
}
