using Snowplow.Events.Enriched;

namespace Snowplow.Model.Events;

/// <summary>What the models take from an event's self-describing JSON; empty where it has none. Views into the line.</summary>
internal ref struct EventEntities
{
    private static readonly EntityType WebPage = new("com.snowplowanalytics.snowplow", "web_page", 1);
    private static readonly EntityType ClientSession = new("com.snowplowanalytics.snowplow", "client_session", 1);
    private static readonly EntityType Screen = new("com.snowplowanalytics.mobile", "screen", 1);
    private static readonly EntityType ScreenView = new("com.snowplowanalytics.mobile", "screen_view", 1);

    /// <summary>First of <c>web_page.id</c>, <c>screen_view.id</c> of the event itself, <c>screen.id</c>.</summary>
    public ReadOnlySpan<byte> ViewId { get; private set; }

    /// <summary><c>client_session.userId</c>.</summary>
    public ReadOnlySpan<byte> ClientUserId { get; private set; }

    /// <summary><c>client_session.sessionId</c>.</summary>
    public ReadOnlySpan<byte> ClientSessionId { get; private set; }

    /// <summary><c>client_session.sessionIndex</c>.</summary>
    public long? ClientSessionIndex { get; private set; }

    /// <summary><c>client_session.previousSessionId</c>.</summary>
    public ReadOnlySpan<byte> PreviousSessionId { get; private set; }

    /// <summary>Reads the client session alone, which most web events do not have: they cost one search.</summary>
    public static EventEntities ReadClientSession(EnrichedEvent e)
    {
        var entities = new EventEntities();
        var contexts = e[EventField.Contexts];
        if (contexts.IndexOf("/client_session/"u8) >= 0 && EntityReader.TryFind(contexts, ClientSession, out var session))
            entities.Take(session);
        return entities;
    }

    /// <summary>Reads everything in one pass.</summary>
    public static EventEntities Read(EnrichedEvent e, bool isScreenView)
    {
        var entities = new EventEntities();
        var (hasPage, hasSession) = (false, false);
        ReadOnlySpan<byte> screenId = default;
        var reader = new EntityReader(e[EventField.Contexts]);
        while (reader.MoveNext())
        {
            var entity = reader.Current;
            if (!hasPage && entity.Is(WebPage))
            {
                entities.ViewId = entity.Utf8("id"u8);
                hasPage = true;
            }
            else if (!hasSession && entity.Is(ClientSession))
            {
                entities.Take(entity);
                hasSession = true;
            }
            else if (screenId.IsEmpty && entity.Is(Screen))
            {
                screenId = entity.Utf8("id"u8);
            }
        }

        if (entities.ViewId.IsEmpty && isScreenView
            && EntityReader.TryReadUnstructEvent(e[EventField.UnstructEvent], out var screenView) && screenView.Is(ScreenView))
            entities.ViewId = screenView.Utf8("id"u8);
        if (entities.ViewId.IsEmpty) entities.ViewId = screenId;
        return entities;
    }

    private void Take(Entity clientSession)
    {
        ClientUserId = clientSession.Utf8("userId"u8);
        ClientSessionId = clientSession.Utf8("sessionId"u8);
        ClientSessionIndex = clientSession.Integer("sessionIndex"u8);
        PreviousSessionId = clientSession.Utf8("previousSessionId"u8);
    }
}
