using Snowplow.Events.Enriched;
using Snowplow.Model.Events;
using Snowplow.Model.Rules.Fields;

namespace Snowplow.Model.Profiles;

/// <summary>
/// What tells profiles apart: <c>user</c>, the user key (<see cref="UserKey"/>); <c>session</c>, <c>client_session.sessionId</c> or
/// else <c>domain_sessionid</c>; or any field. The key of a grain is the name, a colon and the value. An event has no profile where
/// the value is missing, the all-zero UUID of anonymity, or longer than <see cref="MaxLength"/>.
/// </summary>
/// <param name="name">The name in the rules; without a colon.</param>
/// <param name="field">The field; null for the two that have names of their own.</param>
internal sealed class ProfileKey(string name, FieldPath? field)
{
    /// <summary>The name of the key that is the user key.</summary>
    public const string User = "user";

    /// <summary>The name of the key that is the client's session id.</summary>
    public const string Session = "session";

    /// <summary>The greatest length of a value, in bytes of UTF-8.</summary>
    public const int MaxLength = 255;

    private readonly string _prefix = name + ":";

    public string Name => name;

    /// <summary>The name of the key of a grain.</summary>
    public static string NameOf(string grainKey) => grainKey[..grainKey.IndexOf(':', StringComparison.Ordinal)];

    /// <summary>The value in the key of a grain.</summary>
    public static string ValueOf(string grainKey) => grainKey[(grainKey.IndexOf(':', StringComparison.Ordinal) + 1)..];

    /// <summary>The key of an event's grain, or null where it has none.</summary>
    /// <param name="e">The event.</param>
    /// <param name="strings">Keeps the strings of recent keys.</param>
    public string? Read(in RuleEvent e, KeyStrings strings)
    {
        if (field is not null) return Of(field.Read(e).Utf8, strings);
        var client = EventEntities.ReadClientSession(e.Line);
        if (name == Session)
            return Of(UserIdentity.IsKnown(client.ClientSessionId) ? client.ClientSessionId : e.Line[EventField.DomainSessionid], strings);

        Span<byte> scratch = stackalloc byte[UserIdentity.ScratchLength];
        var identity = UserIdentity.Of(e.Line, client.ClientUserId, scratch);
        return identity.Kind == 0 || identity.Id.Length > MaxLength ? null : strings.Get(UserPrefix(identity.Kind), identity.Id);
    }

    /// <summary>The keys of the grains that a key in a request may mean.</summary>
    public IEnumerable<string> GrainKeys(string key) => name == User ? UserKey.Candidates(key).Select(user => _prefix + user) : [_prefix + key];

    private static string UserPrefix(byte kind) => kind switch
    {
        (byte)'d' => "user:d:",
        (byte)'n' => "user:n:",
        (byte)'u' => "user:u:",
        _ => "user:h:",
    };

    private string? Of(ReadOnlySpan<byte> value, KeyStrings strings) =>
        UserIdentity.IsKnown(value) && value.Length <= MaxLength ? strings.Get(_prefix, value) : null;
}
