using System.Buffers.Binary;
using Snowplow.Events.Enriched;
using Snowplow.Model.Sets;

namespace Snowplow.Model.Events;

/// <summary>
/// What the models need of one event, read before any state changes: reading never fails for content, and folding facts
/// never fails. Keeps a view of the line; texts become strings only where a state takes them.
/// </summary>
internal readonly struct EventFacts
{
    private EventFacts(EnrichedEvent line, EventKind kind, EventOrder order)
    {
        Line = line;
        Kind = kind;
        Order = order;
    }

    public EnrichedEvent Line { get; }

    public EventKind Kind { get; }

    /// <summary>The event's order without the line's hash, which only a tie needs.</summary>
    public EventOrder Order { get; }

    /// <summary>The event's order in full, as states keep it.</summary>
    public EventOrder FullOrder => Order with { LineHash = LineHash };

    /// <summary>derived_tstamp, but not beyond collector_tstamp: a device's clock cannot push event time forward.</summary>
    public long WatermarkMs { get; private init; }

    /// <summary>collector_tstamp, in milliseconds since 1970; the least number where it is missing.</summary>
    public long CollectedMs { get; private init; }

    /// <summary>Whether the event asks to forget the person.</summary>
    public bool IsForget => ForgetEvent.Is(Line);

    /// <summary>The hash of event_id and event_name. Lines that agree in both are copies of one event.</summary>
    public ulong Identity { get; private init; }

    /// <summary>The hash of the view id, or 0 where the event has none. For sessions.</summary>
    public ulong ViewId { get; private init; }

    /// <summary>Whether the event has a user key. For sessions.</summary>
    public bool HasUser { get; private init; }

    /// <summary>dvce_created_tstamp, else the event's time, in milliseconds since 1970.</summary>
    public long CreatedMs => Order.CreatedMs == long.MinValue ? Order.DerivedMs : Order.CreatedMs;

    /// <summary>Whether the event belongs to a page or screen: from these Snowplow takes a session's firsts.</summary>
    public bool IsOfPage => Kind != EventKind.Other;

    /// <summary>Whether the event begins a page or screen: from these Snowplow takes a session's lasts.</summary>
    public bool IsView => Kind is EventKind.PageView or EventKind.ScreenView;

    /// <summary>Whether the event is an application_error.</summary>
    public bool IsAppError => Kind == EventKind.Other && Line[EventField.EventName].SequenceEqual("application_error"u8);

    private ulong LineHash => Hash.Of(Line.Line);

    /// <summary>What a session needs.</summary>
    public static EventFacts ReadForSession(EnrichedEvent e)
    {
        var facts = Read(e);
        var entities = EventEntities.Read(e, facts.Kind == EventKind.ScreenView);
        return facts with
        {
            ViewId = HashOf(ViewIdOf(e, entities, facts.IsView)),
            HasUser = UserIdentity.KindOf(e, entities.ClientUserId) != 0,
        };
    }

    /// <summary>What a user needs: nothing of the self-describing JSON, the reading of which is most of the cost.</summary>
    public static EventFacts Read(EnrichedEvent e)
    {
        var name = e[EventField.EventName];
        var kind = name.SequenceEqual("page_view"u8) ? EventKind.PageView
            : name.SequenceEqual("page_ping"u8) ? EventKind.PagePing
            : name.SequenceEqual("screen_view"u8) ? EventKind.ScreenView
            : EventKind.Other;

        var collector = Milliseconds(e, EventField.CollectorTstamp);
        var derived = Milliseconds(e, EventField.DerivedTstamp) ?? collector ?? 0;
        var id = NumberOf(e);
        Span<byte> idBytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(idBytes, id);
        return new EventFacts(e, kind, new EventOrder(derived, Milliseconds(e, EventField.DvceCreatedTstamp) ?? long.MinValue, id, 0))
        {
            CollectedMs = collector ?? long.MinValue,
            WatermarkMs = Math.Min(derived, collector ?? derived),
            Identity = Hash.Of(name, Hash.Of(idBytes)),
        };
    }

    /// <summary>The id of the event's view; empty where it has none. A page_view or screen_view without one is its own.</summary>
    public ReadOnlySpan<byte> ReadViewId() => ViewIdOf(Line, EventEntities.Read(Line, Kind == EventKind.ScreenView), IsView);

    /// <summary>Whether the event comes before the one that a state keeps.</summary>
    public bool Precedes(in EventOrder kept) => Compare(kept) < 0;

    /// <summary>Whether the event comes after the one that a state keeps.</summary>
    public bool Follows(in EventOrder kept) => Compare(kept) > 0;

    /// <summary>A field's text, or null where it is empty; cut at the field's length limit, so that states are bounded.</summary>
    public string? Text(EventField field)
    {
        var text = Line.Text(field);
        var limit = EventFields.MaxLength(field);
        return text is null || limit == 0 ? text : Utf8Text.Cut(text, limit);
    }

    /// <summary>The key of the event's user, or null where it has none.</summary>
    public string? UserKey()
    {
        Span<byte> scratch = stackalloc byte[UserIdentity.ScratchLength];
        var identity = UserIdentity.Of(Line, EventEntities.ReadClientSession(Line).ClientUserId, scratch);
        return identity.Kind == 0 ? null : identity.ToString();
    }

    private static ulong HashOf(ReadOnlySpan<byte> viewId) => viewId.IsEmpty ? 0 : Math.Max(1, Hash.Of(viewId));

    private static ReadOnlySpan<byte> ViewIdOf(EnrichedEvent e, EventEntities entities, bool isView) =>
        entities.ViewId.IsEmpty && isView ? e[EventField.EventId] : entities.ViewId;

    private int Compare(in EventOrder kept)
    {
        var byTimesAndId = Order.CompareTimesAndId(kept);
        return byTimesAndId != 0 ? byTimesAndId : LineHash.CompareTo(kept.LineHash);
    }

    // An event without an id (enrich writes none) is known by its whole line.
    private static UInt128 NumberOf(EnrichedEvent e)
    {
        var id = e[EventField.EventId];
        if (id.IsEmpty) return Hash.Of128(e.Line);
        if (!Guid.TryParse(id, null, out var uuid)) return Hash.Of128(id);
        Span<byte> bytes = stackalloc byte[16];
        uuid.TryWriteBytes(bytes, bigEndian: true, out _);
        return BinaryPrimitives.ReadUInt128BigEndian(bytes);
    }

    private static long? Milliseconds(EnrichedEvent e, EventField field) =>
        EventTime.TryParse(e[field], out var time) ? time.ToUnixTimeMilliseconds() : null;
}
