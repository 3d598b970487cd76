using System.Text.Json.Serialization;
using Snowplow.Model.Excerpts;
using Snowplow.Model.Forgetting;
using Snowplow.Model.Sessions;
using Snowplow.Model.Sets;

namespace Snowplow.Model.Users;

/// <summary>A session in its user's row; members as in <see cref="SessionColumns"/>, where not said otherwise.</summary>
public sealed record UserSession
{
    private static readonly int Medium = PageIndex("mkt_medium");
    private static readonly int Source = PageIndex("mkt_source");
    private static readonly int Campaign = PageIndex("mkt_campaign");
    private static readonly int ChannelGroup = PageIndex("default_channel_group");
    private static readonly int ReferrerMedium = PageIndex("refr_medium");
    private static readonly int ReferrerSource = PageIndex("refr_source");

    /// <summary>The session's id.</summary>
    public required string SessionIdentifier { get; init; }

    /// <summary>The session's place among the user's sessions by start, then id; the first is 1.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public long SessionIndex { get; init; }

    /// <summary>The tracker's own count of sessions.</summary>
    public long? DeviceSessionIndex { get; init; }

    /// <summary>When the session began.</summary>
    [JsonConverter(typeof(UtcTimeConverter))]
    public required DateTimeOffset StartTstamp { get; init; }

    /// <summary>When the session's last event was.</summary>
    [JsonConverter(typeof(UtcTimeConverter))]
    public required DateTimeOffset EndTstamp { get; init; }

    /// <summary>Whether the server cut the session.</summary>
    public bool IsServerCut { get; init; }

    /// <summary>The campaign's medium.</summary>
    public string? MktMedium { get; init; }

    /// <summary>The campaign's source.</summary>
    public string? MktSource { get; init; }

    /// <summary>The campaign's name.</summary>
    public string? MktCampaign { get; init; }

    /// <summary>The channel group.</summary>
    public string? DefaultChannelGroup { get; init; }

    /// <summary>The kind of the referrer.</summary>
    public string? RefrMedium { get; init; }

    /// <summary>The referrer's name.</summary>
    public string? RefrSource { get; init; }

    /// <summary>Distinct views.</summary>
    public long Views { get; init; }

    /// <summary>Seconds.</summary>
    public long EngagedTimeInS { get; init; }

    /// <summary>Seconds.</summary>
    public long AbsoluteTimeInS { get; init; }

    /// <summary>Events named application_error.</summary>
    public long AppErrors { get; init; }

    /// <summary>Of these, the fatal ones.</summary>
    public long FatalAppErrors { get; init; }

    /// <summary>The revision of the session's row.</summary>
    public required long Revision { get; init; }

    internal static UserSession Of(Session session, string id, SessionMeasures measures, bool isServerCut)
    {
        var page = session.Entry!.Page;
        Span<Range> fields = stackalloc Range[Excerpt.MaxColumns];
        page.Split(fields);
        return new UserSession
        {
            SessionIdentifier = id,
            DeviceSessionIndex = session.Entry.DeviceSessionIndex,
            StartTstamp = UtcTimeConverter.FromMilliseconds(measures.StartMs),
            EndTstamp = UtcTimeConverter.FromMilliseconds(session.EndMs),
            IsServerCut = isServerCut,
            MktMedium = Text(page.Text[fields[Medium]]),
            MktSource = Text(page.Text[fields[Source]]),
            MktCampaign = Text(page.Text[fields[Campaign]]),
            DefaultChannelGroup = Text(page.Text[fields[ChannelGroup]]),
            RefrMedium = Text(page.Text[fields[ReferrerMedium]]),
            RefrSource = Text(page.Text[fields[ReferrerSource]]),
            Views = session.Views.Count,
            EngagedTimeInS = measures.EngagedSeconds,
            AbsoluteTimeInS = measures.AbsoluteSeconds,
            AppErrors = session.Counts.AppErrors,
            FatalAppErrors = session.Counts.FatalAppErrors,
            Revision = session.Mark.Revision,
        };
    }

    internal static UserSession Of(MergedSession merged) => new()
    {
        SessionIdentifier = merged.Id,
        StartTstamp = UtcTimeConverter.FromMilliseconds(merged.AtMs),
        EndTstamp = UtcTimeConverter.FromMilliseconds(merged.AtMs),
        IsServerCut = true,
        Revision = merged.Mark.Revision,
    };

    internal static UserSession Of(Forgotten forgotten, string id) => new()
    {
        SessionIdentifier = id,
        StartTstamp = UtcTimeConverter.FromMilliseconds(forgotten.AtMs),
        EndTstamp = UtcTimeConverter.FromMilliseconds(forgotten.AtMs),
        Revision = forgotten.Mark.Revision,
    };

    private static string? Text(ReadOnlySpan<byte> utf8) => utf8.IsEmpty ? null : CommonTexts.Of(utf8);

    private static int PageIndex(string name) => PageColumns.All.Select(column => column.Name).ToList().IndexOf(name);
}
