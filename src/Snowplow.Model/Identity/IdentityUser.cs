using System.Text.Json.Serialization;

namespace Snowplow.Model.Identity;

/// <summary>A user of an identity, as he told last.</summary>
internal sealed record IdentityUser
{
    [JsonPropertyName("u")]
    public required string Key { get; init; }

    [JsonPropertyName("r")]
    public required long Revision { get; init; }

    /// <summary>When the user was first seen with the identity.</summary>
    [JsonPropertyName("f")]
    public long FirstMs { get; init; }

    /// <summary>The identity of this user that is to be trusted most, where that is another one; null where it is this one.</summary>
    [JsonPropertyName("a")]
    public string? Above { get; init; }

    /// <summary>When the user was first seen with that.</summary>
    [JsonPropertyName("t")]
    public long AboveMs { get; init; }

    /// <summary>Whether the identity holds for the user; else he was only seen with it, and a later one of its kind holds.</summary>
    [JsonPropertyName("h")]
    public bool Holds { get; init; }

    /// <summary>Whether the user has nothing to do with the identity any more. Kept, since what is on its way since before must not bring him back.</summary>
    [JsonPropertyName("g")]
    public bool IsGone { get; init; }
}
