using Snowplow.Enrich;
using Snowplow.Events.Enriched;
using Snowplow.Storage.Blobs;
using Snowplow.Storage.Landing;

namespace Snowplow.Silo.Replay;

/// <summary>
/// What the server made of raw records, from its own files, against what a replay makes of them. A landed event does not tell its
/// record, only its batch does: so batches are compared, those of which every record is replayed. Thread-safe.
/// </summary>
internal sealed class LandedOutcomes
{
    // Stands for what has not landed; no number of records makes it whole.
    private static readonly LandedBatch Nothing = new()
    {
        Partition = default, From = 0, UpTo = -1, CollectorHour = default, Events = EnrichedBatch.Parse(default), GoodCount = 0,
        Bad = default, Failed = default,
    };

    private readonly FolderBlobStore? _blobs;
    private readonly Dictionary<string, List<LandedBatchOutcome>> _partitions;
    private readonly LandedBatchOutcome _notLanded = new(Nothing);

    private LandedOutcomes(FolderBlobStore? blobs, Dictionary<string, List<LandedBatchOutcome>> partitions) => (_blobs, _partitions) = (blobs, partitions);

    /// <summary>Where no raw records are replayed.</summary>
    public static LandedOutcomes None { get; } = new(null, []);

    /// <summary>Finds all batches. What lands later is not compared.</summary>
    /// <param name="dataFolder">The server's data folder; only read.</param>
    /// <param name="stop">Ends the reading.</param>
    public static async Task<LandedOutcomes> ReadAsync(string dataFolder, CancellationToken stop)
    {
        var partitions = new Dictionary<string, List<LandedBatchOutcome>>();
        var blobs = new FolderBlobStore(dataFolder);
        await foreach (var batch in LandedFiles.ReadAllAsync(blobs, stop).ConfigureAwait(false))
        {
            var name = batch.Partition.ToString();
            if (!partitions.TryGetValue(name, out var batches)) partitions[name] = batches = [];
            batches.Add(new LandedBatchOutcome(batch with { Events = Nothing.Events }));
        }

        return new LandedOutcomes(blobs, partitions);
    }

    /// <summary>Counts what became of one raw record.</summary>
    /// <param name="raw">The record.</param>
    /// <param name="good">Its good events.</param>
    /// <param name="badLines">Its bad rows.</param>
    public void Add(RawPayload raw, long good, ReadOnlySpan<byte> badLines) => (Find(raw) ?? _notLanded).Add(good, badLines);

    /// <summary>Sums up what can be compared and what cannot.</summary>
    /// <param name="before">Receives what the server made of the records that can be compared.</param>
    /// <param name="after">Receives what the replay made of them.</param>
    /// <param name="notCompared">Receives what it made of the others.</param>
    /// <param name="stop">Ends the reading.</param>
    /// <returns>How many records cannot be compared.</returns>
    public async Task<long> SumAsync(ReplayCounts before, ReplayCounts after, ReplayCounts notCompared, CancellationToken stop)
    {
        var others = 0L;
        foreach (var batch in _partitions.Values.SelectMany(batches => batches).Append(_notLanded))
        {
            if (!batch.IsWhole)
            {
                notCompared.Add(batch.After);
                others += batch.Replayed;
                continue;
            }

            after.Add(batch.After);
            before.Good += batch.Landed.GoodCount;
            before.AddBadLines((await LandedFiles.ReadBadRowsAsync(_blobs!, batch.Landed, stop).ConfigureAwait(false)).Span);
        }

        return others;
    }

    private LandedBatchOutcome? Find(RawPayload raw)
    {
        if (!_partitions.TryGetValue(raw.Partition, out var batches)) return null;
        var (low, high) = (0, batches.Count - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            var batch = batches[middle];
            if (raw.Position < batch.Landed.From) high = middle - 1;
            else if (raw.Position >= batch.Landed.UpTo) low = middle + 1;
            else return batch;
        }

        return null;
    }
}
