namespace Snowplow.Model.Identity;

/// <summary>
/// The key of an identity and of its grain: the name of the identifier, a colon and the value, such as <c>user_id:jo</c>. Names
/// have two characters at least, so no identity has the key of a user.
/// </summary>
public static class IdentityKey
{
    /// <summary>The greatest length of a value in UTF-16 units; longer ones are cut.</summary>
    public const int MaxValueLength = 255;

    /// <summary>The key of a value.</summary>
    public static string Of(string identifier, string value) => $"{identifier}:{value}";

    /// <summary>The identifier's name.</summary>
    public static string IdentifierOf(string key) => key[..key.IndexOf(':', StringComparison.Ordinal)];

    /// <summary>The value.</summary>
    public static string ValueOf(string key) => key[(key.IndexOf(':', StringComparison.Ordinal) + 1)..];
}
