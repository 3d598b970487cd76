namespace Snowplow.Model.Forgetting;

/// <summary>
/// The keys that an event which forgets may name: of users (<see cref="UserKey"/>), of sessions (<see cref="SessionKey"/>), and of
/// profiles: <c>p:</c> and the key of the profile's grain.
/// </summary>
public static class ForgetKey
{
    private const string ProfilePrefix = "p:";

    /// <summary>The key that names a profile.</summary>
    public static string OfProfile(string grainKey) => ProfilePrefix + grainKey;

    /// <summary>The key of the grain of the profile that a key names; null where it names a user or session.</summary>
    public static string? ProfileOf(string key) => key.StartsWith(ProfilePrefix, StringComparison.Ordinal) ? key[ProfilePrefix.Length..] : null;
}
