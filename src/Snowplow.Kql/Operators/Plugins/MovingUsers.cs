namespace Snowplow.Kql.Operators.Plugins;

/// <summary>The events and users of a window that moves forward over events in order of time.</summary>
internal sealed class MovingUsers(IReadOnlyList<UserEvent> events)
{
    private readonly Dictionary<int, int> _perUser = [];
    private int _first;
    private int _next;

    /// <summary>Number of events in the window.</summary>
    public int EventCount => _next - _first;

    /// <summary>Number of users in the window.</summary>
    public int UserCount => _perUser.Count;

    /// <summary>Moves the window to [from, to), neither of which may be less than before.</summary>
    public void MoveTo(Int128 from, Int128 to)
    {
        for (; _next < events.Count && events[_next].Time < to; _next++) _perUser[events[_next].User] = _perUser.GetValueOrDefault(events[_next].User) + 1;
        for (; _first < _next && events[_first].Time < from; _first++)
        {
            var left = _perUser[events[_first].User] - 1;
            if (left == 0) _perUser.Remove(events[_first].User);
            else _perUser[events[_first].User] = left;
        }
    }
}
