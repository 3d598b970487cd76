using System.Text.Json.Serialization;

namespace Snowplow.Model.Sessions;

/// <summary>The id of a server-cut session that was written once and is no more: its events are in others.</summary>
internal sealed class MergedSession
{
    [JsonPropertyName("i")]
    public required string Id { get; init; }

    /// <summary>A time within the session that has its first event.</summary>
    [JsonPropertyName("t")]
    public required long AtMs { get; init; }

    /// <summary>The id of that session, as of the last write.</summary>
    [JsonPropertyName("m")]
    public string? Into { get; set; }

    [JsonInclude, JsonPropertyName("k")]
    public RowMark Mark;
}
