using System.Globalization;
using System.Threading.Channels;
using Azure.Messaging.EventHubs.Producer;
using Microsoft.Extensions.Logging;
using Snowplow.Streams;

namespace Snowplow.Azure.EventHubs;

/// <summary>
/// Appends to one partition of a hub. Records gather while two batches are under way, or for a moment, and go as one. After a failure
/// all that wait are refused at once, as are those that come, until a pause has passed and the hub answers again. Thread-safe.
/// </summary>
internal sealed class PartitionSender : IAsyncDisposable
{
    /// <summary>Bytes of a partition that may wait or be under way.</summary>
    public const int MaxPartitionBytes = 16 << 20;

    private const int MaxSends = 2;
    private const int EagerBytes = 256 << 10;
    private static readonly TimeSpan Linger = TimeSpan.FromMilliseconds(2);
    private static readonly TimeSpan LeastPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan MostPause = TimeSpan.FromSeconds(16);

    private readonly int _partition;
    private readonly string _name;
    private readonly HubClient _hub;
    private readonly CreateBatchOptions _batchOptions;
    private readonly ByteBudget _share = new(MaxPartitionBytes);
    private readonly Channel<PendingAppend> _waiting = Channel.CreateUnbounded<PendingAppend>(new UnboundedChannelOptions { SingleReader = true });
    private readonly SemaphoreSlim _sends = new(MaxSends);
    private readonly CancellationTokenSource _end = new();
    private readonly Task _running;
    private Task _healing = Task.CompletedTask;
    private volatile string? _problem;
    private int _failuresInARow;
    private long _waitingBytes;

    public PartitionSender(int partition, HubClient hub)
    {
        _partition = partition;
        _name = $"partition {partition} of the hub '{hub.Name}'";
        _hub = hub;
        _batchOptions = new CreateBatchOptions { PartitionId = partition.ToString(CultureInfo.InvariantCulture) };
        _running = Task.Run(RunAsync);
    }

    /// <summary>Null while sends succeed; otherwise what is wrong.</summary>
    public string? Problem => _problem;

    /// <summary>Takes a record into the next batch. The task ends once the hub has acknowledged it or has not.</summary>
    /// <exception cref="RawStreamUnavailableException">The hub takes nothing, too much is waiting, or the stream is closing.</exception>
    public Task Append(Guid payloadId, ReadOnlyMemory<byte> payload)
    {
        if (_problem is { } problem) throw new RawStreamUnavailableException(problem);
        if (!TryTake(PendingAppend.SizeOf(payload.Length)))
            throw new RawStreamUnavailableException($"too many bytes wait for {_name}: it is slower than the traffic. Give its namespace more capacity, or the hub more partitions");
        var append = new PendingAppend(payloadId, payload);
        Interlocked.Add(ref _waitingBytes, append.SizeBytes);
        if (!_waiting.Writer.TryWrite(append))
        {
            Return(append.SizeBytes);
            throw new RawStreamUnavailableException("the raw stream is shutting down");
        }

        return append.Task;
    }

    /// <summary>Sends what waits, and ends.</summary>
    public async ValueTask DisposeAsync()
    {
        _waiting.Writer.TryComplete();
        await _running.ConfigureAwait(false);
        for (var send = 0; send < MaxSends; send++) await _sends.WaitAsync().ConfigureAwait(false);
        await _end.CancelAsync().ConfigureAwait(false);
        await _healing.ConfigureAwait(false);
        _sends.Dispose();
        _end.Dispose();
    }

    private async Task RunAsync()
    {
        while (await _waiting.Reader.WaitToReadAsync().ConfigureAwait(false))
        {
            if (Volatile.Read(ref _waitingBytes) < EagerBytes) await Task.Delay(Linger).ConfigureAwait(false);
            await _sends.WaitAsync().ConfigureAwait(false);
            var appends = new List<PendingAppend>();
            try
            {
                if (_problem is { } problem) throw new RawStreamUnavailableException(problem);
                var batch = await _hub.CreateBatchAsync(_batchOptions).ConfigureAwait(false);
                Fill(batch, appends);
                _ = SendAsync(batch, appends);
            }
            catch (Exception failure)
            {
                FailWaiting(failure, appends);
                _sends.Release();
            }
        }
    }

    private void Fill(EventDataBatch batch, List<PendingAppend> appends)
    {
        while (_waiting.Reader.TryPeek(out var append))
        {
            var isTaken = batch.TryAdd(append.Event);
            if (!isTaken && batch.Count > 0) return;
            _waiting.Reader.TryRead(out _);
            Interlocked.Add(ref _waitingBytes, -append.SizeBytes);
            if (isTaken)
            {
                appends.Add(append);
                continue;
            }

            Return(append.SizeBytes);
            append.Failed(new InvalidOperationException($"a payload of {append.PayloadSizeBytes} bytes does not fit into a message of {batch.MaximumSizeInBytes}"));
        }
    }

    private async Task SendAsync(EventDataBatch batch, List<PendingAppend> appends)
    {
        Exception? failure = null;
        try
        {
            await _hub.SendAsync(batch).ConfigureAwait(false);
        }
        catch (Exception cause)
        {
            failure = cause;
        }

        batch.Dispose();
        if (failure is null)
        {
            Volatile.Write(ref _failuresInARow, 0);
            EventHubsMetrics.Sent(_partition, appends.Count);
        }

        End(appends, failure is null ? null : Refuse(failure));
        _sends.Release();
    }

    // Those that wait would only meet the same failure, and later.
    private void FailWaiting(Exception failure, List<PendingAppend> taken)
    {
        var refusal = failure as RawStreamUnavailableException ?? Refuse(failure);
        while (_waiting.Reader.TryRead(out var append))
        {
            Interlocked.Add(ref _waitingBytes, -append.SizeBytes);
            taken.Add(append);
        }

        End(taken, refusal);
    }

    private void End(List<PendingAppend> appends, RawStreamUnavailableException? refusal)
    {
        foreach (var append in appends) Return(append.SizeBytes);
        foreach (var append in appends)
        {
            if (refusal is null) append.Stored();
            else append.Failed(refusal);
        }
    }

    private RawStreamUnavailableException Refuse(Exception cause)
    {
        EventHubsMetrics.NotSent(_partition, cause);
        var problem = $"{_name} takes no records: {AzureFailure.FirstLine(cause)}. Appends go on by themselves once it does";
        if (Interlocked.Exchange(ref _problem, problem) is null)
        {
            _hub.Log.LogError(cause, "{Problem}", problem);
            var failures = Interlocked.Increment(ref _failuresInARow);
            _healing = HealAsync(failures);
        }

        return new RawStreamUnavailableException(problem, cause);
    }

    // A stream with a problem is not ready, so that a load balancer may send nothing that a send could be tried with: the hub is asked.
    private async Task HealAsync(int failures)
    {
        var pause = LeastPause * Math.Pow(2, Math.Min(failures - 1, 4));
        try
        {
            for (; ; pause = pause * 2 < MostPause ? pause * 2 : MostPause)
            {
                await Task.Delay(pause, _hub.Time, _end.Token).ConfigureAwait(false);
                try
                {
                    await _hub.GetEndAsync(_partition, _end.Token).ConfigureAwait(false);
                    break;
                }
                catch (IOException still)
                {
                    _hub.Log.LogDebug(still, "A partition does not answer yet");
                }
            }
        }
        catch (OperationCanceledException) when (_end.IsCancellationRequested)
        {
            return;
        }

        _problem = null;
        if (_hub.Log.IsEnabled(LogLevel.Information)) _hub.Log.LogInformation("Appends are tried again: {Partition} answers", _name);
    }

    private bool TryTake(int sizeBytes)
    {
        if (!_share.TryTake(sizeBytes)) return false;
        if (_hub.OnTheirWay.TryTake(sizeBytes)) return true;
        _share.Return(sizeBytes);
        return false;
    }

    private void Return(int sizeBytes)
    {
        _share.Return(sizeBytes);
        _hub.OnTheirWay.Return(sizeBytes);
    }
}
