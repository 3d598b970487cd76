using System.Collections.Immutable;
using System.Text.Json;
using Orleans.Streams;
using Snowplow.Events.Enriched;
using Snowplow.Grains.Partition;
using Snowplow.Model;
using Snowplow.Storage.Landing;

namespace Snowplow.Grains.Live;

/// <summary>Publishes batches to the live feed. Nobody waits for the feed: it is for looking, not for counting.</summary>
public sealed class LivePublisher
{
    /// <summary>The most events of a batch that are shown.</summary>
    public const int MaxEvents = 50;

    /// <summary>The most bad rows of a batch that are shown.</summary>
    public const int MaxBadRows = 10;

    /// <summary>The most characters of a bad row's failure that are shown.</summary>
    public const int MaxFailureChars = 2000;

    private readonly IAsyncStream<LiveBatch> _stream;
    private readonly PartitionName _partition;
    private readonly EventKeyReader _keys = new();
    private Task _published = Task.CompletedTask;

    internal LivePublisher(IStreamProvider provider, PartitionName partition)
    {
        _stream = provider.GetStream<LiveBatch>(LiveFeed.Batches);
        _partition = partition;
    }

    // While one batch is still being published, later ones are left out of the feed.
    internal void Publish(Batch batch)
    {
        if (!_published.IsCompleted) return;
        _published = PublishAsync(() => new LiveBatch(
            _partition.ToString(), batch.From, batch.UpTo, batch.Events.Count, batch.BadCount, Events(batch.Events), BadRows(batch.BadRows.Span)));
    }

    // The batch is made here too: a row that cannot be shown must not trouble the partition.
    private async Task PublishAsync(Func<LiveBatch> batch)
    {
        try
        {
            await _stream.OnNextAsync(batch());
        }
        catch (Exception)
        {
            PipelineMetrics.NotShown(_partition);
        }
    }

    private ImmutableArray<LiveEvent> Events(EnrichedBatch batch)
    {
        var events = ImmutableArray.CreateBuilder<LiveEvent>(Math.Min(batch.Count, MaxEvents));
        for (var i = 0; i < batch.Count && i < MaxEvents; i++)
        {
            var enriched = batch[i];
            var keys = _keys.Read(enriched);
            events.Add(new LiveEvent(
                enriched.Text(EventField.EventId),
                enriched.Text(EventField.Event),
                enriched.Text(EventField.EventName),
                enriched.Text(EventField.AppId),
                enriched.Text(EventField.Platform),
                enriched.Timestamp(EventField.CollectorTstamp),
                enriched.Text(EventField.PageUrl),
                enriched.Text(EventField.PageTitle),
                keys.User,
                keys.Session));
        }

        return events.MoveToImmutable();
    }

    private static ImmutableArray<LiveBadRow> BadRows(ReadOnlySpan<byte> jsonLines)
    {
        var rows = ImmutableArray.CreateBuilder<LiveBadRow>();
        while (!jsonLines.IsEmpty && rows.Count < MaxBadRows)
        {
            var end = jsonLines.IndexOf((byte)'\n');
            rows.Add(BadRow(end < 0 ? jsonLines : jsonLines[..end]));
            jsonLines = end < 0 ? [] : jsonLines[(end + 1)..];
        }

        return rows.ToImmutable();
    }

    private static LiveBadRow BadRow(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        using var document = JsonDocument.ParseValue(ref reader);
        var data = document.RootElement.GetProperty("data");
        var failure = data.GetProperty("failure");
        var text = failure.GetRawText();
        return new LiveBadRow(
            document.RootElement.GetProperty("schema").GetString() ?? "",
            text.Length <= MaxFailureChars ? text : text[..MaxFailureChars],
            EventId(data.GetProperty("payload")),
            failure.GetProperty("timestamp").GetDateTimeOffset());
    }

    // Payloads are text, a request, or an event raw and as far as it was enriched; only the last has an event's id.
    private static string? EventId(JsonElement payload) =>
        payload.ValueKind == JsonValueKind.Object
        && payload.TryGetProperty("enriched", out var enriched)
        && enriched.TryGetProperty("event_id", out var id)
            ? id.GetString()
            : null;
}
