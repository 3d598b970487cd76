using System.Text.Json.Serialization;

namespace Snowplow.Model.Users;

/// <summary>A session in its user's row; members as in <see cref="Sessions.SessionRow"/>, where not said otherwise.</summary>
public sealed record UserSession
{
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

    /// <summary>The kind of the referrer.</summary>
    public string? RefrMedium { get; init; }

    /// <summary>The referrer's name.</summary>
    public string? RefrSource { get; init; }

    /// <summary>The revision of the session's row.</summary>
    public required long Revision { get; init; }
}
