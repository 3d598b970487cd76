using System.Text.Json.Serialization;

namespace Snowplow.Model.Identity;

/// <summary>An identity that a user was seen with.</summary>
/// <param name="Key">The identity's key (<see cref="IdentityKey"/>).</param>
/// <param name="FirstMs">The least derived_tstamp of the user's events with it.</param>
/// <param name="LastMs">The greatest.</param>
public readonly record struct SeenIdentity(
    [property: JsonPropertyName("i")] string Key,
    [property: JsonPropertyName("f")] long FirstMs,
    [property: JsonPropertyName("l")] long LastMs);
