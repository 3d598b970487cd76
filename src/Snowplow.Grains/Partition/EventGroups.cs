using Snowplow.Events.Enriched;
using Snowplow.Model;
using Snowplow.Model.EventRows;
using Snowplow.Model.Forgetting;
using Snowplow.Model.Profiles;
using Snowplow.Model.Rules;

namespace Snowplow.Grains.Partition;

/// <summary>A batch's events by the session grain, the user grain and the profile grains that each names by itself.</summary>
internal sealed class EventGroups
{
    private static readonly Dictionary<string, LandedEvents> NoProfiles = [];

    private EventGroups(Dictionary<string, LandedEvents> sessions, Dictionary<string, LandedEvents> users, Dictionary<string, LandedEvents> profiles)
    {
        Sessions = sessions;
        Users = users;
        Profiles = profiles;
    }

    /// <summary>By session key.</summary>
    public Dictionary<string, LandedEvents> Sessions { get; }

    /// <summary>By user key.</summary>
    public Dictionary<string, LandedEvents> Users { get; }

    /// <summary>By the key of the profile grain.</summary>
    public Dictionary<string, LandedEvents> Profiles { get; }

    /// <summary>Groups a batch; an event without any key, or of a bot, goes to no grain; one that forgets to all grains that it names.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="keyReader">Reads the keys.</param>
    /// <param name="profileKeys">Reads the keys of profiles.</param>
    /// <param name="rules">Say what a bot is.</param>
    /// <param name="rows">Gets the rows that events have by themselves.</param>
    public static EventGroups Of(EnrichedBatch batch, EventKeyReader keyReader, ProfileKeyReader profileKeys, ModelRules rules, EventRowWriter rows)
    {
        var sessions = new Dictionary<string, List<int>>();
        var users = new Dictionary<string, List<int>>();
        var profiles = profileKeys.IsIdle ? null : new Dictionary<string, List<int>>();
        for (var i = 0; i < batch.Count; i++)
        {
            var e = batch[i];
            if (ForgetEvent.Is(e))
            {
                AddNamed(sessions, users, profiles, e, i);
                continue;
            }

            var keys = keyReader.Read(e);
            rows.Add(e, keys);
            if (rules.IsBot(e)) continue;
            if (keys.Session is { } session) Add(sessions, session, i);
            if (keys.User is { } user) Add(users, user, i);
            if (profiles is null) continue;
            foreach (var profile in profileKeys.Read(e)) Add(profiles, profile, i);
        }

        return new EventGroups(Select(batch, sessions), Select(batch, users), profiles is null ? NoProfiles : Select(batch, profiles));
    }

    // A user key is that of a user's grain, and of the grain of the sessions that the server cut for the user.
    private static void AddNamed(
        Dictionary<string, List<int>> sessions, Dictionary<string, List<int>> users, Dictionary<string, List<int>>? profiles, EnrichedEvent forget, int index)
    {
        foreach (var key in ForgetEvent.ReadKeys(forget))
        {
            if (ForgetKey.ProfileOf(key) is { } profile)
            {
                if (profiles is not null) Add(profiles, profile, index);
                continue;
            }

            Add(sessions, key, index);
            if (!SessionKey.IsClientSession(key)) Add(users, key, index);
        }
    }

    private static void Add(Dictionary<string, List<int>> groups, string key, int index)
    {
        if (!groups.TryGetValue(key, out var indexes)) groups[key] = indexes = [];
        indexes.Add(index);
    }

    private static Dictionary<string, LandedEvents> Select(EnrichedBatch batch, Dictionary<string, List<int>> groups) =>
        groups.ToDictionary(group => group.Key, group => new LandedEvents(batch, [.. group.Value]));
}
