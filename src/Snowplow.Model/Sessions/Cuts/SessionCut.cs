using System.Text.Json.Serialization;

namespace Snowplow.Model.Sessions.Cuts;

/// <summary>What a server-cut session needs to be cut by campaign or length; sessions have it only under such rules.</summary>
internal sealed class SessionCut
{
    /// <summary>The campaign of the first event that has one; 0 where none has.</summary>
    [JsonPropertyName("c"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public ulong Campaign { get; set; }

    /// <summary>The time of that event.</summary>
    [JsonPropertyName("t")]
    public long? CampaignMs { get; set; }

    /// <summary>The session's events; null once they were too many, and the session's cuts stay as they are.</summary>
    [JsonPropertyName("l")]
    public KeptLines? Lines { get; set; }

    /// <summary>Whether an event came that might have moved the cuts of a session that keeps no lines.</summary>
    [JsonPropertyName("x"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsInexact { get; set; }

    /// <summary>Whether an event with a campaign, at a time that the session covers, leaves all cuts and the session's campaign as they are.</summary>
    public bool Allows(ulong campaign, bool isPing, long timeMs) => timeMs > CampaignMs && (isPing || campaign == Campaign);
}
