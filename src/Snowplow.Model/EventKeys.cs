namespace Snowplow.Model;

/// <summary>The keys of the grains that an event belongs to; null where it belongs to none of that kind.</summary>
/// <param name="User">The user's key, as <see cref="UserKey"/> says.</param>
/// <param name="Session">The session grain's key, as <see cref="SessionKey"/> says; null only where the user's is null too.</param>
public readonly record struct EventKeys(string? User, string? Session);
