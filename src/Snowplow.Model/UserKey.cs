namespace Snowplow.Model;

/// <summary>
/// The key of a user and of his grain: what the tracker or collector knows him by, prefixed by its kind. In order of
/// preference: <c>d:</c> <c>client_session.userId</c>, else <c>domain_userid</c>; <c>n:</c> <c>network_userid</c>;
/// <c>u:</c> <c>user_id</c>; <c>h:</c> the first 128 bits of SHA-256 over IP address, tab, user agent, in lower-case hex.
/// </summary>
/// <remarks>
/// The all-zero UUID stands for anonymity (<c>SP-Anonymous</c> sets it as network user id, mobile trackers as
/// <c>client_session.userId</c>) and never is a key. Where an event carries it, or its address is missing or
/// <c>unknown</c>, there is no <c>h:</c> key either, which would undo the anonymity or put strangers together. Such an event
/// without any other id has no user.
/// </remarks>
public static class UserKey
{
    /// <summary>The prefixes, in order of preference.</summary>
    public const string Kinds = "dnuh";

    /// <summary>Whether a text is a prefixed key.</summary>
    public static bool IsKey(string text) => text.Length > 2 && text[1] == ':' && Kinds.Contains(text[0], StringComparison.Ordinal);

    /// <summary>What the tracker or collector sent: the key without its kind.</summary>
    public static string Identifier(string userKey) => userKey[2..];

    /// <summary>The keys that an id in a request may mean, in order: the id itself where it is prefixed, then each kind of it.</summary>
    public static IEnumerable<string> Candidates(string id)
    {
        if (IsKey(id)) yield return id;
        foreach (var kind in Kinds) yield return $"{kind}:{id}";
    }
}
