using System.Text.Json.Serialization;

namespace Snowplow.Model.Identity;

/// <summary>That an identity came to belong to another: two persons turned out to be one.</summary>
internal sealed record IdentityMerge
{
    [JsonPropertyName("i")]
    public required string Into { get; init; }

    /// <summary>What the identity belonged to before, or null.</summary>
    [JsonPropertyName("b")]
    public string? Before { get; init; }

    /// <summary>When a user was first seen with what it belongs to now.</summary>
    [JsonPropertyName("t")]
    public required long AtMs { get; init; }

    [JsonPropertyName("r")]
    public required long Revision { get; init; }
}
