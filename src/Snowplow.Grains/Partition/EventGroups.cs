using Snowplow.Events.Enriched;
using Snowplow.Model;

namespace Snowplow.Grains.Partition;

/// <summary>A batch's events by the session grain and by the user grain that each names by itself.</summary>
internal sealed class EventGroups
{
    private EventGroups(Dictionary<string, LandedEvents> sessions, Dictionary<string, LandedEvents> users)
    {
        Sessions = sessions;
        Users = users;
    }

    /// <summary>By session key.</summary>
    public Dictionary<string, LandedEvents> Sessions { get; }

    /// <summary>By user key.</summary>
    public Dictionary<string, LandedEvents> Users { get; }

    /// <summary>Groups a batch; an event without either key goes to no grain.</summary>
    public static EventGroups Of(EnrichedBatch batch, EventKeyReader keyReader)
    {
        var sessions = new Dictionary<string, List<int>>();
        var users = new Dictionary<string, List<int>>();
        for (var i = 0; i < batch.Count; i++)
        {
            var keys = keyReader.Read(batch[i]);
            if (keys.Session is { } session) Add(sessions, session, i);
            if (keys.User is { } user) Add(users, user, i);
        }

        return new EventGroups(Select(batch, sessions), Select(batch, users));
    }

    private static void Add(Dictionary<string, List<int>> groups, string key, int index)
    {
        if (!groups.TryGetValue(key, out var indexes)) groups[key] = indexes = [];
        indexes.Add(index);
    }

    private static Dictionary<string, LandedEvents> Select(EnrichedBatch batch, Dictionary<string, List<int>> groups) =>
        groups.ToDictionary(group => group.Key, group => new LandedEvents(batch, [.. group.Value]));
}
