using System.Text;
using System.Text.Json.Serialization;
using Snowplow.Model.Events;
using Snowplow.Model.Excerpts;
using Snowplow.Model.Sessions;
using Snowplow.Model.Sets;

namespace Snowplow.Model.Views;

/// <summary>
/// What is kept of one view of a page or screen within a session, besides its heartbeats, which the session has. All parts
/// are firsts or greatests, so they depend on the set of events alone.
/// </summary>
internal sealed class View
{
    /// <summary>The hash of the id, by which events find the view.</summary>
    [JsonPropertyName("h")]
    public required ulong Hash { get; init; }

    [JsonPropertyName("i")]
    public required string Id { get; init; }

    /// <summary>The first page_view or screen_view; null as long as only other events of the view are known.</summary>
    [JsonPropertyName("o")]
    public ViewEvent? Own { get; set; }

    /// <summary>The least derived_tstamp of any event of the view.</summary>
    [JsonPropertyName("s")]
    public long StartMs { get; set; } = long.MaxValue;

    /// <summary>The greatest derived_tstamp of the view's pings and of its events with a screen summary.</summary>
    [JsonPropertyName("e")]
    public long EndMs { get; set; } = long.MinValue;

    [JsonPropertyName("p")]
    public PageScroll Scroll { get; set; }

    [JsonPropertyName("m")]
    public ScreenSummary? Screen { get; set; }

    /// <summary>What the row says of the view's session, as last written; null before, and when two views have become one.</summary>
    [JsonPropertyName("n")]
    public ViewPlace? Written { get; set; }

    [JsonInclude, JsonPropertyName("k")]
    public RowMark Mark;

    /// <summary>Whether the row of this id is an earlier view's that is not kept any more: it stays as it is.</summary>
    [JsonPropertyName("tk"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsTaken { get; set; }

    /// <summary>Bytes of texts.</summary>
    [JsonIgnore]
    public int Length => Id.Length + (Own is { } own ? own.Page.Length + own.Device.Length : 0);

    public static View Of(in EventFacts e)
    {
        var id = e.ReadViewId();
        return new View { Hash = e.ViewId, Id = Utf8Text.Cut(Encoding.UTF8.GetString(id), SessionKey.MaxIdLength) };
    }

    /// <summary>Takes an event of the view.</summary>
    public void Fold(in EventFacts e, ref EventExcerpts excerpts)
    {
        StartMs = Math.Min(StartMs, e.Order.DerivedMs);
        if (e.IsView)
        {
            if (Own is not { } own || e.Precedes(own.Order)) Own = ViewEvent.Of(e, ref excerpts);
            Scroll = Scroll.With(e.Line, isPing: false);
        }

        if (e.Kind == EventKind.PagePing)
        {
            EndMs = Math.Max(EndMs, e.Order.DerivedMs);
            Scroll = Scroll.With(e.Line, isPing: true);
        }

        if (ScreenSummary.TryRead(e.Line) is { } summary)
        {
            EndMs = Math.Max(EndMs, e.Order.DerivedMs);
            Screen = summary.With(Screen);
        }
    }

    /// <summary>Takes all of the same view in another session of the same user.</summary>
    public void Merge(View other)
    {
        if (Own is not { } own || (other.Own is { } others && others.Order.CompareTo(own.Order) < 0)) Own = other.Own;
        StartMs = Math.Min(StartMs, other.StartMs);
        EndMs = Math.Max(EndMs, other.EndMs);
        Scroll = Scroll.With(other.Scroll);
        if (other.Screen is { } screen) Screen = screen.With(Screen);
        Mark.ChangeWith(other.Mark);
        IsTaken |= other.IsTaken;
        Written = null; // What joins the two sessions changes this row, whichever events made its parts.
    }
}
