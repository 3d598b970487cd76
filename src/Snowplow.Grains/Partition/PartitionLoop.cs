using Snowplow.Grains.Interventions;
using Snowplow.Grains.Live;
using Snowplow.Storage.Landing;
using Snowplow.Storage.Warehouse;
using Snowplow.Streams;

namespace Snowplow.Grains.Partition;

/// <summary>
/// The life of one partition: land a batch, send it to the grains, and every so often finish a range (checkpoint).
/// Recovery is the same work from an earlier position (ARCHITECTURE.md, "Contracts").
/// </summary>
internal sealed class PartitionLoop : IDisposable
{
    // Replays of one range before it is treated as a failure, with a message and a pause. More than one silo's loss needs.
    private const int MaxReplays = 5;

    private readonly IPersistentState<PartitionState> _state;
    private readonly PipelineServices _services;
    private readonly RawReader _raw;
    private readonly BatchLander _lander;
    private readonly RangeModel _model;
    private readonly RowFiles _rows;
    private readonly LivePublisher _live;
    private readonly InterventionFeed _interventions;
    private readonly PartitionName _partition;

    // The batches of the range not yet finished, for the warehouse.
    private readonly List<WarehouseBatch> _batches = [];

    // Their bytes, whether there is a warehouse or not.
    private long _rangeBytes;

    // Whether [From, UpTo) of the state is finished, so that the next range may begin.
    private bool _isFinished;
    private long _lastCheckpoint;
    private long _lastLanded;

    // Whether the last read brought a large batch: then there is more, and small batches are no worry.
    private bool _isBehind;
    private int _replays;

    // Where a drain ends: the raw stream's end when it was asked for, or where the partition stood. What lies behind is another activation's.
    private long? _drainUpTo;

    private PartitionLoop(
        PartitionName partition, IPersistentState<PartitionState> state, PipelineServices services, RawReader raw, BatchLander lander, RangeModel model, LivePublisher live,
        InterventionFeed interventions)
    {
        _partition = partition;
        _state = state;
        _services = services;
        _raw = raw;
        _lander = lander;
        _model = model;
        _live = live;
        _interventions = interventions;
        _rows = new RowFiles(services.Blobs, partition, services.Options.Landing);
        _isFinished = state.State.UpTo <= state.State.From;
        _lastCheckpoint = services.Time.GetTimestamp();
        Position = state.State.From;
    }

    /// <summary>The end of the last batch that was sent to the grains.</summary>
    public long Position { get; private set; }

    /// <summary>Everything before is in files, states and rows.</summary>
    public long FinishedUpTo => _isFinished ? _state.State.UpTo : _state.State.From;

    /// <summary>Reads the partition's state anew and opens its files at the first position that is not certainly finished.</summary>
    public static async Task<PartitionLoop> OpenAsync(
        PartitionName partition, IPersistentState<PartitionState> state, IGrainFactory grains, PipelineServices services, LivePublisher live, InterventionFeed interventions,
        CancellationToken end)
    {
        // A failed write may have been stored or not, so what is in memory is not trusted.
        await state.ReadStateAsync(end);
        var log = await LandedLog.OpenAsync(services.Blobs, partition, state.State.From, services.Options.Landing, end, state.State.File);
        var lander = new BatchLander(partition, log, services);
        var raw = new RawReader(services.Stream, partition.Number, services.Options.BatchBytes, end);
        return new PartitionLoop(partition, state, services, raw, lander, new RangeModel(grains, partition.ToString(), services.Rules), live, interventions);
    }

    /// <summary>
    /// Works until it is drained (what the raw stream holds by then landed, and a last checkpoint made) or ended (at once).
    /// </summary>
    /// <param name="onProgress">Called after each finished range: what failed before has healed.</param>
    /// <param name="drain">Completes to ask for the orderly end; with true, what the raw stream holds by then lands first.</param>
    /// <param name="end">Asks for the end at once.</param>
    /// <exception cref="LandingConflictException">Another activation of the partition landed a batch.</exception>
    public async Task RunAsync(Action onProgress, Task<bool> drain, CancellationToken end)
    {
        while (true)
        {
            end.ThrowIfCancellationRequested();
            try
            {
                if (!await StepAsync(onProgress, drain, end)) return;
            }
            catch (GrainBehindException) when (++_replays <= MaxReplays)
            {
                PipelineMetrics.Replayed(_partition);
                _model.Clear();
                _batches.Clear();
                _rangeBytes = 0;
                Position = FinishedUpTo;
            }
        }
    }

    /// <summary>Ends the read that may be under way, and releases the pipelines.</summary>
    public void Dispose()
    {
        _raw.Dispose();
        _lander.Dispose();
    }

    // One step; false when drained.
    private async Task<bool> StepAsync(Action onProgress, Task<bool> drain, CancellationToken end)
    {
        var range = _state.State;
        if (!_isFinished && Position >= range.UpTo)
        {
            await FinishRangeAsync(end);
            onProgress();
            return true;
        }

        var isDraining = drain.IsCompleted;
        var isDrained = isDraining && Position >= (_drainUpTo ??= await drain ? await _raw.GetEndAsync(end) : Position);
        if (_isFinished && Position > range.UpTo && (isDrained || _rangeBytes >= _services.Options.RangeBytes || UntilCheckpoint() <= TimeSpan.Zero))
        {
            await BeginRangeAsync(end);
            return true;
        }

        if (await _lander.ReadAsync(Position, end) is { } landed) return await ModelAsync(landed);
        if (!_isFinished)
            throw new InvalidDataException(
                $"Partition {_partition} must finish the range [{range.From}, {range.UpTo}), but no batch begins at {Position}. Were files moved out of enriched/ before their range was finished?");
        if (isDrained) return false;
        if (await NextRecordsAsync(isDraining ? null : drain) is not { } records) return true;
        _lastLanded = _services.Time.GetTimestamp();
        _isBehind = records.Sum(record => (long)record.Payload.Length) > _services.Options.BatchBytes / 2;
        return await ModelAsync(await _lander.LandAsync(Position, records, end));
    }

    private async Task<bool> ModelAsync(Batch batch)
    {
        await _model.ApplyAsync(batch);
        Position = batch.UpTo;
        _rangeBytes += batch.Events.Text.Length + batch.BadRows.Length;
        if (_services.Warehouse is not null) _batches.Add(new WarehouseBatch(batch.From, batch.UpTo, batch.Hour, batch.Events, batch.BadRows));
        _live.Publish(batch);
        _services.Landed?.Invoke(batch.Events);
        return true;
    }

    // Step 1 of the checkpoint: the old range is finished, the new one has a name.
    private async Task BeginRangeAsync(CancellationToken end)
    {
        _state.State = new PartitionState { From = _state.State.UpTo, UpTo = Position, File = _state.State.UpToFile, UpToFile = _lander.File };
        await _state.WriteStateAsync(end);
        _isFinished = false;
        await _services.Stream.ReleaseAsync(_partition.Number, _state.State.From, end);
    }

    // Steps 2 to 5: states written, then their rows and interventions; the warehouse last, which finds in the files what it misses.
    private async Task FinishRangeAsync(CancellationToken end)
    {
        var (from, upTo) = (_state.State.From, _state.State.UpTo);
        var rows = await _model.CheckpointAsync(from);
        foreach (var (area, lines) in rows.Tables) await _rows.AppendAsync(area, from, upTo, rows.Hour, lines, end);
        if (rows.Interventions.Count > 0) await _interventions.TellAsync(rows.Interventions, end);
        if (_services.Warehouse is { } warehouse)
        {
            await warehouse.LoadAsync(new WarehouseUnit(_partition, from, upTo, _batches, [.. rows.Tables]), end);
            _batches.Clear();
        }

        _model.Clear();
        _rangeBytes = 0;
        _isFinished = true;
        _replays = 0;
        _lastCheckpoint = _services.Time.GetTimestamp();
        PipelineMetrics.Checkpointed(_partition);
    }

    // The next raw records, or null when a checkpoint is due first or a drain begins; no drain when it has begun, as then
    // there are records to read. Delays have no token: .NET would complete a cancelled one on the thread pool, which a
    // simulation could not repeat.
    private async Task<IReadOnlyList<RawRecord>?> NextRecordsAsync(Task? drain)
    {
        var pause = _services.Options.BatchInterval - _services.Time.GetElapsedTime(_lastLanded);
        if (_lastLanded != 0 && pause > TimeSpan.Zero && drain is not null && !_isBehind) await Task.Delay(pause, _services.Time, CancellationToken.None);

        var read = _raw.From(Position);
        if (!read.IsCompleted)
        {
            List<Task> first = [read];
            if (drain is not null) first.Add(drain);
            if (Position > _state.State.UpTo) first.Add(Task.Delay(UntilCheckpoint(), _services.Time, CancellationToken.None));
            await Task.WhenAny(first);
            if (!read.IsCompleted) return null;
        }

        return await _raw.TakeAsync(read);
    }

    // In whole milliseconds, upwards: delays leave out parts of one, and the loop would go round until it has passed.
    private TimeSpan UntilCheckpoint()
    {
        var left = _services.Options.CheckpointInterval - _services.Time.GetElapsedTime(_lastCheckpoint);
        return left > TimeSpan.Zero ? TimeSpan.FromMilliseconds(Math.Ceiling(left.TotalMilliseconds)) : TimeSpan.Zero;
    }
}
