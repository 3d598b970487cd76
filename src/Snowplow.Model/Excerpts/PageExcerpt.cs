using System.Text;
using Snowplow.Events.Enriched;
using Snowplow.Model.Rules;

namespace Snowplow.Model.Excerpts;

/// <summary>Takes the fields of <see cref="PageColumns"/> from an event.</summary>
internal static class PageExcerpt
{
    private static readonly EntityType Screen = new("com.snowplowanalytics.mobile", "screen", 1);
    private static readonly EntityType ScreenView = new("com.snowplowanalytics.mobile", "screen_view", 1);

    private static readonly (EventField Field, int Limit)[] BeforeContentGroup =
    [
        .. Fields(
            EventField.EventName, EventField.EventId, EventField.UserId, EventField.PageTitle, EventField.PageUrl, EventField.PageUrlscheme,
            EventField.PageUrlhost, EventField.PageUrlpath, EventField.PageUrlquery, EventField.PageUrlfragment),
    ];

    private static readonly (EventField Field, int Limit)[] BeforeChannelGroup =
    [
        .. Fields(
            EventField.MktMedium, EventField.MktSource, EventField.MktTerm, EventField.MktContent, EventField.MktCampaign,
            EventField.MktClickid, EventField.MktNetwork),
    ];

    private static readonly (EventField Field, int Limit)[] BeforeScreen =
    [
        .. Fields(
            EventField.PageReferrer, EventField.RefrUrlhost, EventField.RefrUrlpath, EventField.RefrMedium, EventField.RefrSource,
            EventField.RefrTerm),
    ];

    public static Excerpt Of(EnrichedEvent e, ModelRules rules)
    {
        var excerpt = ExcerptWriter.Begin();
        Add(excerpt, e, BeforeContentGroup);
        Add(excerpt, rules.ContentGroup(e));
        Add(excerpt, e, BeforeChannelGroup);
        Add(excerpt, rules.ChannelGroup(e));
        Add(excerpt, e, BeforeScreen);
        AddScreen(excerpt, e);
        return excerpt.End();
    }

    private static void AddScreen(ExcerptWriter excerpt, EnrichedEvent e)
    {
        Entity screenView = default, screen = default;
        var isScreenView = e[EventField.EventName].SequenceEqual("screen_view"u8)
            && EntityReader.TryReadUnstructEvent(e[EventField.UnstructEvent], out screenView) && screenView.Is(ScreenView);
        var contexts = e[EventField.Contexts];
        var hasScreen = contexts.IndexOf("/screen/"u8) >= 0 && EntityReader.TryFind(contexts, Screen, out screen);
        AddFirst(excerpt, isScreenView ? screenView.Utf8("name"u8) : default, hasScreen ? screen.Utf8("name"u8) : default);
        AddFirst(excerpt, isScreenView ? screenView.Utf8("type"u8) : default, hasScreen ? screen.Utf8("type"u8) : default);
        excerpt.AddEntityText(isScreenView ? screenView.Utf8("previousId"u8) : default);
        excerpt.AddEntityText(isScreenView ? screenView.Utf8("previousName"u8) : default);
    }

    private static void AddFirst(ExcerptWriter excerpt, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second) =>
        excerpt.AddEntityText(first.IsEmpty ? second : first);

    private static void Add(ExcerptWriter excerpt, EnrichedEvent e, (EventField Field, int Limit)[] fields)
    {
        foreach (var (field, limit) in fields) excerpt.Add(e[field], limit);
    }

    // Names of groups come from the rules, which hold no control characters.
    private static void Add(ExcerptWriter excerpt, string group)
    {
        Span<byte> utf8 = stackalloc byte[Encoding.UTF8.GetMaxByteCount(group.Length)];
        excerpt.Add(utf8[..Encoding.UTF8.GetBytes(group, utf8)]);
    }

    private static IEnumerable<(EventField, int)> Fields(params EventField[] fields) =>
        fields.Select(field => (field, EventFields.MaxLength(field)));
}
