using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Snowplow.Model.Identity;

/// <summary>What the identities of a user are told of him.</summary>
public sealed record UserIdentitySummary
{
    /// <summary>The user's key.</summary>
    [JsonPropertyName("u")]
    public required string UserKey { get; init; }

    /// <summary>Grows with each change: of two, the greater is the newer.</summary>
    [JsonPropertyName("r")]
    public required long Revision { get; init; }

    /// <summary>The identities that hold, the one to trust most first.</summary>
    [JsonPropertyName("h")]
    public required ImmutableArray<SeenIdentity> Held { get; init; }

    /// <summary>Identities that the user was seen with and that do not hold: a later one of their kind does.</summary>
    [JsonPropertyName("o")]
    public ImmutableArray<string> Others { get; init; } = [];

    /// <summary>Identities that were told of the user before and now are not his in any way.</summary>
    [JsonPropertyName("f")]
    public ImmutableArray<string> Former { get; init; } = [];
}
