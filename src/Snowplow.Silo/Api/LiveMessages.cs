using System.Text.Json.Serialization;
using Snowplow.Grains.Live;
using Snowplow.Model;

namespace Snowplow.Silo.Api;

/// <summary>A landed batch as <c>/api/live</c> sends it: <c>event: batch</c>.</summary>
/// <param name="Partition">The partition's name.</param>
/// <param name="From">The first raw position.</param>
/// <param name="UpTo">The end.</param>
/// <param name="Good">The number of enriched events.</param>
/// <param name="Bad">The number of bad rows.</param>
/// <param name="Events">The first of the events, their members named as the columns of enriched events.</param>
/// <param name="BadRows">The first of the bad rows.</param>
internal sealed record LiveBatchMessage(
    string Partition, long From, long UpTo, int Good, int Bad, IEnumerable<LiveEventMessage> Events, IEnumerable<LiveBadRowMessage> BadRows)
{
    /// <summary>The message for a batch.</summary>
    public static LiveBatchMessage Of(LiveBatch batch) => new(
        batch.Partition, batch.From, batch.UpTo, batch.Good, batch.Bad,
        batch.Events.Select(LiveEventMessage.Of),
        batch.BadRows.Select(LiveBadRowMessage.Of));
}

/// <summary>What the feed showed last, to one who begins to watch: <c>event: recent</c>. Sessions and users follow as their own events.</summary>
/// <param name="Events">Events, the oldest first.</param>
/// <param name="BadRows">Bad rows, the oldest first.</param>
internal sealed record LiveRecentMessage(IReadOnlyList<LiveEventMessage> Events, IReadOnlyList<LiveBadRowMessage> BadRows);

/// <summary>An enriched event in brief.</summary>
internal sealed record LiveEventMessage(
    string? EventId, string? EventName, string? Event, string? AppId, string? Platform, DateTimeOffset? CollectorTstamp, string? PageUrl,
    string? PageTitle, string? User, string? Session)
{
    /// <summary>The message for an event. <see cref="User"/> and <see cref="Session"/> are what the live API takes as ids.</summary>
    public static LiveEventMessage Of(LiveEvent e) => new(
        e.EventId, e.EventName, e.Event, e.AppId, e.Platform, e.CollectorTstamp, e.PageUrl, e.PageTitle, e.User, SessionId(e.Session));

    /// <summary>The id of a client session; of a session that the server cuts, the user's key, by which its latest one is found.</summary>
    private static string? SessionId(string? key) => key is not null && SessionKey.IsClientSession(key) ? key[SessionKey.ClientPrefix.Length..] : key;
}

/// <summary>A bad row in brief.</summary>
/// <param name="Schema">Its Iglu URI.</param>
/// <param name="Message">What was wrong, for people.</param>
/// <param name="EventId">The event's id, where the bad row has an event that has one.</param>
/// <param name="FailureTstamp">When it failed.</param>
internal sealed record LiveBadRowMessage(string Schema, string Message, string? EventId, DateTimeOffset FailureTstamp)
{
    /// <summary>The message for a bad row.</summary>
    public static LiveBadRowMessage Of(LiveBadRow row) => new(row.Schema, BadRowText.Describe(row.Failure), row.EventId, row.FailureTstamp);
}

/// <summary>How the server does, each second: <c>event: stats</c>.</summary>
/// <param name="EventsPerSecond">Enriched events, over the last three seconds.</param>
/// <param name="GoodTotal">Enriched events since the process started.</param>
/// <param name="BadTotal">Bad rows since the process started.</param>
/// <param name="Lag">Raw records that have not landed yet.</param>
internal sealed record LiveStatsMessage(double EventsPerSecond, long GoodTotal, long BadTotal, long Lag);

/// <summary>The JSON of the messages; members in snake_case as in the tables.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(LiveBatchMessage))]
[JsonSerializable(typeof(LiveRecentMessage))]
[JsonSerializable(typeof(LiveStatsMessage))]
internal sealed partial class LiveJson : JsonSerializerContext;
