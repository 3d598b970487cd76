using Snowplow.Events.Enriched;
using Snowplow.Model.Events;

namespace Snowplow.Model;

/// <summary>
/// Reads the grain keys of landed lines: they depend on the line alone. Keeps the strings of recent keys, so one reader
/// serves many batches. Not thread-safe.
/// </summary>
public sealed class EventKeyReader
{
    private readonly KeyStrings _strings = new();

    /// <summary>The user and session key of an event.</summary>
    public EventKeys Read(EnrichedEvent e)
    {
        Span<byte> scratch = stackalloc byte[UserIdentity.ScratchLength];
        var entities = EventEntities.ReadClientSession(e);
        var identity = UserIdentity.Of(e, entities.ClientUserId, scratch);
        var user = identity.Kind == 0 ? null : _strings.Get(identity.Kind, identity.Id);

        var sessionId = UserIdentity.IsKnown(entities.ClientSessionId) ? entities.ClientSessionId : e[EventField.DomainSessionid];
        return new EventKeys(user, UserIdentity.IsKnown(sessionId) ? _strings.Get((byte)'s', sessionId) : user);
    }
}
