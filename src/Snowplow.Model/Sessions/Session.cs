using System.Text.Json.Serialization;
using Snowplow.Model.Conversions;
using Snowplow.Model.Events;
using Snowplow.Model.Excerpts;
using Snowplow.Model.Rules;
using Snowplow.Model.Sessions.Cuts;
using Snowplow.Model.Sets;
using Snowplow.Model.Touches;
using Snowplow.Model.Views;

namespace Snowplow.Model.Sessions;

/// <summary>
/// What is kept of one session. All parts are sums, unions, firsts or lasts: folding events in any order and merging two
/// sessions give what folding all events at once gives.
/// </summary>
internal sealed class Session
{
    // Each is an earlier event under another user key in one client session: a handful, unless made up.
    private const int MaxFormerUsers = 16;

    /// <summary>The first event's derived_tstamp.</summary>
    [JsonPropertyName("s")]
    public long StartMs { get; set; } = long.MaxValue;

    /// <summary>The last event's derived_tstamp.</summary>
    [JsonPropertyName("e")]
    public long EndMs { get; set; } = long.MinValue;

    /// <summary>The greatest collector_tstamp: whoever was forgotten by then is not told of the session.</summary>
    [JsonPropertyName("ct")]
    public long CollectedMs { get; set; } = long.MinValue;

    [JsonPropertyName("w")]
    public Owner? Owner { get; set; }

    [JsonPropertyName("f")]
    public Touch? Entry { get; set; }

    [JsonPropertyName("l")]
    public Touch? Exit { get; set; }

    [JsonPropertyName("u")]
    public Login? Login { get; set; }

    [JsonPropertyName("v")]
    public DistinctIds Views { get; set; } = new();

    [JsonPropertyName("b")]
    public PingBuckets Pings { get; set; } = new();

    [JsonPropertyName("vl")]
    public ViewList ViewList { get; set; } = new();

    [JsonPropertyName("cv")]
    public SessionConversions Conversions { get; set; } = new();

    [JsonPropertyName("c")]
    public EventCounts Counts { get; set; } = new();

    [JsonInclude, JsonPropertyName("k")]
    public RowMark Mark;

    /// <summary>The id under which the session was last written, or null.</summary>
    [JsonPropertyName("i")]
    public string? WrittenId { get; set; }

    /// <summary>The user to whom the session belonged when it was last written, or null.</summary>
    [JsonPropertyName("o")]
    public string? WrittenUserKey { get; set; }

    /// <summary>Users to whom the session belonged in earlier writes; they have to be told.</summary>
    [JsonPropertyName("fo")]
    public List<string>? FormerUserKeys { get; set; }

    /// <summary>Set where the first event came beyond lateness; see <see cref="SessionKey"/>.</summary>
    [JsonPropertyName("m")]
    public uint? LateMark { get; set; }

    /// <summary>The session before that the row was last written with, or null.</summary>
    [JsonPropertyName("pv")]
    public string? WrittenPreviousId { get; set; }

    /// <summary>Null where no rule asks for it.</summary>
    [JsonPropertyName("cu")]
    public SessionCut? Cut { get; set; }

    /// <summary>The id of a server-cut session, by when it begins.</summary>
    public string ServerCutId(string userKey) => SessionKey.ServerCut(userKey, StartMs, LateMark);

    /// <summary>Takes an event in all but the counts and conversions, which copies must not raise.</summary>
    public void Fold(in EventFacts e, ModelRules rules, string partition, long upTo)
    {
        var excerpts = new EventExcerpts(e.Line, rules, Exit?.Device);
        StartMs = Math.Min(StartMs, e.Order.DerivedMs);
        EndMs = Math.Max(EndMs, e.Order.DerivedMs);
        CollectedMs = Math.Max(CollectedMs, e.CollectedMs);
        Owner = Owner.First(Owner, e);
        Entry = Touch.Entry(Entry, e, ref excerpts);
        Exit = Touch.Exit(Exit, e, ref excerpts);
        Login = Login.Last(Login, e);
        if (e.ViewId != 0) Views.Add(e.ViewId);
        if (e.Kind == EventKind.PagePing) Pings.Add(e.ViewId, rules.Sessions.Bucket(e.CreatedMs));
        ViewList.Fold(e, ref excerpts, partition, upTo);
        Mark.Change(partition, upTo);
    }

    /// <summary>Counts an event.</summary>
    public void Count(in EventFacts e, ModelRules rules)
    {
        Counts.Add(e, 1);
        Conversions.Add(e, rules);
    }

    /// <summary>Takes back what was counted for a later copy of an event.</summary>
    public void Uncount(in EventFacts e)
    {
        Counts.Add(e, -1);
        Conversions.Remove(e.Identity);
    }

    /// <summary>Before a write of the row: notes whose the session is, and whose it was.</summary>
    public void RememberUser()
    {
        var userKey = Owner!.UserKey;
        if (WrittenUserKey is { } before && before != userKey)
        {
            FormerUserKeys ??= [];
            if (FormerUserKeys.Count == MaxFormerUsers) FormerUserKeys.RemoveAt(0);
            FormerUserKeys.Add(before);
        }

        if (userKey is not null) FormerUserKeys?.Remove(userKey);
        WrittenUserKey = userKey;
    }

    /// <summary>Takes all of another session of the same user, in which nothing is in common.</summary>
    public void Merge(Session other)
    {
        if (other.StartMs < StartMs) LateMark = other.LateMark;
        StartMs = Math.Min(StartMs, other.StartMs);
        EndMs = Math.Max(EndMs, other.EndMs);
        CollectedMs = Math.Max(CollectedMs, other.CollectedMs);
        Owner = Owner.First(Owner!, other.Owner!);
        Entry = Touch.Entry(Entry!, other.Entry!);
        Exit = Touch.Exit(Exit!, other.Exit!);
        Login = Login.Last(Login, other.Login);
        Views.UnionWith(other.Views);
        Pings.UnionWith(other.Pings);
        ViewList.Merge(other.ViewList);
        Counts.Add(other.Counts);
        Conversions.Merge(other.Conversions);
        Mark.ChangeWith(other.Mark);
    }
}
