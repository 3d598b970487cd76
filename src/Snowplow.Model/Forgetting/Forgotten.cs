using System.Text.Json.Serialization;
using Snowplow.Model.Events;
using Snowplow.Model.Sessions;

namespace Snowplow.Model.Forgetting;

/// <summary>
/// Up to when a state's person was forgotten. Events collected by then are not modelled, whenever they come, so that a state is the
/// fold of the later ones.
/// </summary>
/// <remarks>
/// What makes that exact although an emptied state cannot take single events out: each partition holds the event that forgets
/// before the first one that is collected after its time (the API writes it to all of them, ahead of that time). So nothing that is to stay
/// is in a state that has not been emptied yet.
/// </remarks>
internal sealed class Forgotten
{
    /// <summary>The time of the last erasure, in milliseconds since 1970.</summary>
    [JsonPropertyName("t")]
    public long AtMs { get; set; }

    /// <summary>Of the row of <c>forgotten</c>.</summary>
    [JsonInclude, JsonPropertyName("k")]
    public RowMark Mark;

    /// <summary>Users who had rows of a client session that was forgotten: they have to be told, and are left out once they were.</summary>
    [JsonPropertyName("u")]
    public List<string>? Users { get; set; }

    /// <summary>Whether what was collected by then is forgotten; null is a state that was never emptied.</summary>
    public static bool Covers(Forgotten? forgotten, long collectedMs) => forgotten is not null && collectedMs <= forgotten.AtMs;

    /// <summary>The state of things after an event that forgets; the same where it tells nothing new.</summary>
    public static Forgotten After(Forgotten? before, in EventFacts e, string partition, long upTo)
    {
        if (before?.AtMs >= e.CollectedMs) return before;
        var after = new Forgotten { AtMs = e.CollectedMs, Mark = before?.Mark ?? default, Users = before?.Users };
        after.Mark.Change(partition, upTo);
        return after;
    }

    /// <summary>Remembers whom to tell of a session's end.</summary>
    public void Tell(Session session)
    {
        var users = new HashSet<string>([.. Users ?? [], .. session.FormerUserKeys ?? []]);
        if (session.WrittenUserKey is { } user) users.Add(user);
        Users = [.. users];
    }

    /// <summary>Says that all have been told.</summary>
    public void LeaveOutUsers() => Users = null;

    /// <summary>Before a write: gives a changed row its version.</summary>
    public void Arrange(long revision, Positions positions)
    {
        if (Mark.IsChanged) Mark.Stamp(revision);
        else if (Mark.Settle(positions)) Users = null;
    }
}
