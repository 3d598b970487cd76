using System.Runtime.InteropServices;

namespace Snowplow.Model.Sessions.Cuts;

/// <summary>Events of neighbouring sessions, cut by the rules as they are added in order.</summary>
internal sealed class CutParts(SessionRules rules)
{
    private OpenSession? _open;

    /// <summary>The parts, each to be one session.</summary>
    public List<Part> All { get; } = [];

    /// <summary>The last part's session, as far as it has come.</summary>
    public OpenSession Open => _open!.Value;

    /// <summary>Whether the last part should not end where it does.</summary>
    public bool EndsInexactly { get; set; }

    /// <summary>Lets the first part begin with a session that keeps no lines and takes events at its end alone.</summary>
    public void GoOnWith(Session session)
    {
        _open = OpenSession.Of(session);
        All.Add(new Part(session));
    }

    /// <summary>Adds events, of which none comes before those added already.</summary>
    public void Add(List<KeptEvent> events)
    {
        events.Sort(static (a, b) => a.Order.CompareTo(b.Order));
        var rest = CollectionsMarshal.AsSpan(events);
        while (!rest.IsEmpty)
        {
            var sameTime = FirstOf(rest);
            var begins = _open is not { } open || open.EndsBefore(rules, sameTime);
            if (begins) All.Add(new Part(null));
            _open = begins ? OpenSession.Begin(sameTime) : _open!.Value.With(sameTime);
            All[^1].Add(sameTime, Open);
            rest = rest[sameTime.Length..];
        }
    }

    /// <summary>Whether the first of later events begins a session.</summary>
    public bool Begins(List<KeptEvent> later) => Open.EndsBefore(rules, FirstOf(CollectionsMarshal.AsSpan(later)));

    private static ReadOnlySpan<KeptEvent> FirstOf(ReadOnlySpan<KeptEvent> events)
    {
        var length = 1;
        while (length < events.Length && events[length].TimeMs == events[0].TimeMs) length++;
        return events[..length];
    }

    /// <summary>What is to be one session.</summary>
    /// <param name="session">The session that the events are added to; null where all its events are here.</param>
    internal sealed class Part(Session? session)
    {
        public Session? Session => session;

        public List<KeptEvent> Events { get; } = [];

        /// <summary>The session as a scan sees it after the last event.</summary>
        public OpenSession Open { get; private set; }

        public void Add(ReadOnlySpan<KeptEvent> sameTime, OpenSession open)
        {
            Events.AddRange(sameTime);
            Open = open;
        }
    }
}
