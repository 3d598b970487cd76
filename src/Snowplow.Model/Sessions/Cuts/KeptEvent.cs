using Snowplow.Model.Events;

namespace Snowplow.Model.Sessions.Cuts;

/// <summary>An event while cuts are found.</summary>
/// <param name="facts">The event.</param>
/// <param name="campaign">Its campaign, 0 for none.</param>
/// <param name="isCounted">Whether its session counts it.</param>
/// <param name="from">The session that has kept it; null where it is new.</param>
internal sealed class KeptEvent(EventFacts facts, ulong campaign, bool isCounted, Session? from)
{
    public EventFacts Facts { get; } = facts;

    public EventOrder Order { get; } = facts.FullOrder;

    public ulong Campaign => campaign;

    public bool IsCounted { get; set; } = isCounted;

    public Session? From => from;

    public long TimeMs => Order.DerivedMs;

    /// <summary>Whether the event can begin a session by its campaign: a ping tells that a page is still open, not that somebody came.</summary>
    public bool Brings => campaign != 0 && Facts.Kind != EventKind.PagePing;
}
