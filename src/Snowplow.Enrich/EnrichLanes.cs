using System.Buffers;

namespace Snowplow.Enrich;

/// <summary>
/// Takes a batch of raw records through enrichment in order. While a record waits for a service, a database or a registry, the next ones
/// are under way in pipelines of their own, so a slow one does not hold up a partition record by record; what they write comes in the
/// order of the records all the same. Where nothing waits, one pipeline does all. Not thread-safe.
/// </summary>
/// <param name="create">Makes a pipeline: one at once, and others when that has to wait.</param>
public sealed class EnrichLanes(Func<EnrichPipeline> create) : IDisposable
{
    /// <summary>How many records may be under way at one time.</summary>
    public const int MaxUnderWay = 8;

    // Of those under way. A hostile record's bad rows may be hundreds of times its size; eight ordinary ones are far less than this.
    private const int MaxBytesUnderWay = 256 << 10;

    private readonly Lane?[] _lanes = [new Lane(create()), .. new Lane?[MaxUnderWay - 1]];

    // For what the stream lost, should all lanes be busy.
    private EnrichPipeline? _ofLost;
    private IReadOnlyList<RawPayload> _records = [];

    // The first record that has not begun, and the one that the first lane had when the others were idle.
    private int _next;
    private int _base;

    /// <inheritdoc cref="EnrichPipeline.WantsFailedEvents"/>
    public bool WantsFailedEvents => _lanes[0]!.Pipeline.WantsFailedEvents;

    /// <summary>Begins a batch. The one before must have been settled.</summary>
    /// <param name="records">Its records.</param>
    public void Begin(IReadOnlyList<RawPayload> records) => (_records, _next, _base) = (records, 0, 0);

    /// <summary>Processes the next record; see <see cref="EnrichPipeline.ProcessAsync(RawPayload, IBufferWriter{byte}, IBufferWriter{byte}, IBufferWriter{byte}, CancellationToken)"/>.</summary>
    /// <param name="index">Its place in the batch: 0 at first, then one more each time.</param>
    /// <param name="enriched">Receives one line of enriched TSV for each good event.</param>
    /// <param name="badRows">Receives one line of JSON for each bad one.</param>
    /// <param name="failedEvents">Receives failed events; null where nobody wants them.</param>
    /// <param name="cancellationToken">Ends waiting.</param>
    /// <exception cref="OperationCanceledException">The outputs then hold nothing of the record.</exception>
    public async ValueTask<EnrichCounts> ProcessAsync(
        int index, IBufferWriter<byte> enriched, IBufferWriter<byte> badRows, IBufferWriter<byte>? failedEvents, CancellationToken cancellationToken)
    {
        if (index < _next)
        {
            var lane = LaneOf(index);
            BeginOthers(index, lane.UnderWay, failedEvents is not null, cancellationToken);
            var counts = await lane.UnderWay;
            lane.MoveTo(enriched, badRows, failedEvents);
            return counts;
        }

        // Nothing is under way: straight into the outputs, in which nobody else writes.
        (_base, _next) = (index, index + 1);
        var first = LaneOf(index).Pipeline.ProcessAsync(_records[index], enriched, badRows, failedEvents, cancellationToken);
        if (first.IsCompleted) return await first;
        var underWay = LaneOf(index).UnderWay = first.AsTask();
        BeginOthers(index, underWay, failedEvents is not null, cancellationToken);
        return await underWay;
    }

    /// <summary>
    /// Waits for records that are under way but are not wanted any more, since the batch ended before them. The metrics have counted them.
    /// </summary>
    public async ValueTask SettleAsync()
    {
        foreach (var lane in _lanes)
        {
            if (lane is not null) await ((Task)lane.UnderWay).ConfigureAwait(ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <inheritdoc cref="EnrichPipeline.WriteLost"/>
    public void WriteLost(string partition, long from, long upTo, IBufferWriter<byte> badRows)
    {
        var idle = Array.Find(_lanes, lane => lane?.UnderWay.IsCompleted == true)?.Pipeline ?? (_ofLost ??= create());
        idle.WriteLost(partition, from, upTo, badRows);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _ofLost?.Dispose();
        foreach (var lane in _lanes) lane?.Pipeline.Dispose();
    }

    private Lane LaneOf(int index) => _lanes[(index - _base) % MaxUnderWay] ??= new Lane(create());

    // As long as the record whose turn it is waits.
    private void BeginOthers(int index, Task turn, bool withFailed, CancellationToken cancellationToken)
    {
        var bytes = 0L;
        for (var i = index; i < _next; i++) bytes += _records[i].Thrift.Length;
        for (; !turn.IsCompleted && _next < _records.Count && _next < index + MaxUnderWay; _next++)
        {
            bytes += _records[_next].Thrift.Length;
            if (bytes > MaxBytesUnderWay) return;
            LaneOf(_next).Begin(_records[_next], withFailed, cancellationToken);
        }
    }

    private sealed class Lane(EnrichPipeline pipeline)
    {
        private ArrayBufferWriter<byte> _enriched = new(), _badRows = new(), _failedEvents = new();

        public EnrichPipeline Pipeline => pipeline;

        public Task<EnrichCounts> UnderWay { get; set; } = Task.FromResult(default(EnrichCounts));

        public void Begin(RawPayload record, bool withFailed, CancellationToken cancellationToken)
        {
            (_enriched, _badRows, _failedEvents) = (new(), new(), new());
            UnderWay = pipeline.ProcessAsync(record, _enriched, _badRows, withFailed ? _failedEvents : null, cancellationToken).AsTask();
        }

        public void MoveTo(IBufferWriter<byte> enriched, IBufferWriter<byte> badRows, IBufferWriter<byte>? failedEvents)
        {
            enriched.Write(_enriched.WrittenSpan);
            badRows.Write(_badRows.WrittenSpan);
            failedEvents?.Write(_failedEvents.WrittenSpan);
        }
    }
}
