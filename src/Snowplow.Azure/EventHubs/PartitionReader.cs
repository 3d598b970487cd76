using System.Diagnostics;
using Azure.Messaging.EventHubs;
using Azure.Messaging.EventHubs.Primitives;
using Microsoft.Extensions.Logging;
using Snowplow.Streams;

namespace Snowplow.Azure.EventHubs;

/// <summary>
/// Reads one partition of a hub for all who wait for its records: over one receiver, which stands at the lowest position that is waited
/// for, since what there is not is what the others wait for as well. It stands by between two reads, until its reader has ended. Thread-safe.
/// </summary>
internal sealed class PartitionReader(int partition, HubClient hub) : IAsyncDisposable
{
    private const int MaxRecords = 2000;

    // Of what is there already as much is taken as makes a large batch: whoever is behind catches up by few.
    private const long MaxGatheredBytes = 4 << 20;

    // How long one wait on the link lasts; nothing is sent while it does.
    private static readonly TimeSpan Wait = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(20);

    // Much longer than the client takes to learn why a link was closed.
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LeastPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan MostPause = TimeSpan.FromSeconds(16);

    private readonly string _name = $"partition {partition} of the hub '{hub.Name}'";
    private readonly Lock _gate = new();
    private readonly List<PendingRead> _reads = [];
    private readonly CancellationTokenSource _end = new();
    private ReceivedRecords? _ready;
    private Task _receiving = Task.CompletedTask;
    private bool _isReceiving;
    private long _at;
    private CancellationTokenSource? _wait;

    // That of the reader who was here last: when it is cancelled, nobody comes for the next records.
    private CancellationToken _reader;
    private CancellationTokenRegistration _readerEnd;
    private bool _isLeft;

    // Of the task that receives.
    private PartitionReceiver? _receiver;
    private long _next;
    private bool _isFresh;

    /// <summary>Reads records from a position on, waiting for the first one while there are none.</summary>
    /// <exception cref="IOException">The hub cannot be read, or another reader has taken the partition.</exception>
    /// <exception cref="InvalidDataException">The hub has lost records that it once had.</exception>
    public async ValueTask<IReadOnlyList<RawRecord>> ReadAsync(long position, int maxBytes, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var read = new PendingRead(position, maxBytes);
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_end.IsCancellationRequested, typeof(EventHubsRawStream));
            _reads.Add(read);
            StandByFor(cancellationToken);
            Serve();
            if (read.Task.IsCompleted) return read.Task.Result;
            if (!_isReceiving) Receive();
            else if (position < _at) _ = _wait?.CancelAsync();
        }

        try
        {
            return await read.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            lock (_gate)
            {
                _reads.Remove(read);
                StandByFor(cancellationToken);
                Leave();
            }
        }
    }

    /// <summary>Closes the receiver. Waiting reads fail.</summary>
    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync().ConfigureAwait(false);
        Fail(new ObjectDisposedException(nameof(EventHubsRawStream)));
        await _receiving.ConfigureAwait(false);
        await CloseAsync().ConfigureAwait(false);
        _readerEnd.Unregister();
        _end.Dispose();
    }

    private void StandByFor(CancellationToken reader)
    {
        if (_reader == reader) return;
        _readerEnd.Unregister();
        _reader = reader;
        _readerEnd = reader.UnsafeRegister(_ =>
        {
            lock (_gate) Leave();
        }, null);
    }

    // A receiver that stays behind would be found thrown off when the partition comes back.
    private void Leave()
    {
        if (_reads.Count > 0 || !_reader.IsCancellationRequested || _end.IsCancellationRequested) return;
        _isLeft = true;
        _ready = null;
        if (_isReceiving) _ = _wait?.CancelAsync();
        else Receive();
    }

    private void Receive()
    {
        _isReceiving = true;
        _receiving = Task.Run(ReceiveAsync, CancellationToken.None);
    }

    // Runs while anyone waits.
    private async Task ReceiveAsync()
    {
        var pause = LeastPause;
        while (Begin(out var isLeft) is { } wait)
        {
            try
            {
                if (isLeft)
                {
                    await CloseAsync().ConfigureAwait(false);
                    continue;
                }

                var received = await ReceiveAsync(_at, wait.Token).ConfigureAwait(false);
                pause = LeastPause;
                lock (_gate) _ready = received ?? _ready;
            }
            catch (OperationCanceledException) when (wait.IsCancellationRequested)
            {
                // What has come in that moment may be lost with it: the next receiver gets it again.
                await CloseAsync().ConfigureAwait(false);
            }
            catch (Exception failure)
            {
                await CloseAsync().ConfigureAwait(false);
                EventHubsMetrics.NotRead(partition, failure);
                if (HubFailure.IsThrownOff(failure) || !HubFailure.IsTransient(failure))
                {
                    Fail(Explain(failure));
                    continue;
                }

                hub.Log.LogWarning(failure, "Cannot read {Partition} from {Position}; tried again in {Pause}", _name, _at, pause);
                await Task.Delay(pause, hub.Time, wait.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                pause = pause * 2 < MostPause ? pause * 2 : MostPause;
            }
            finally
            {
                lock (_gate) _wait = null;
                wait.Dispose();
            }
        }
    }

    // The next wait, or null when nobody waits for anything; where the reader has left, the receiver is closed first.
    private CancellationTokenSource? Begin(out bool isLeft)
    {
        lock (_gate)
        {
            Serve();
            (isLeft, _isLeft) = (_isLeft, false);
            _isReceiving = isLeft || (_reads.Count > 0 && !_end.IsCancellationRequested);
            if (!_isReceiving) return null;
            if (!isLeft) _at = _reads.Min(read => read.Position);
            return _wait = CancellationTokenSource.CreateLinkedTokenSource(_end.Token);
        }
    }

    private async ValueTask<ReceivedRecords?> ReceiveAsync(long position, CancellationToken cancellationToken)
    {
        if (_receiver is null || _next != position)
        {
            await CloseAsync().ConfigureAwait(false);
            _receiver = hub.Receive(partition, position);
            _next = position;
            _isFresh = true;
        }

        var records = new List<RawRecord>();
        var (bytes, isMore) = (0L, true);
        for (var wait = Wait; isMore && bytes < MaxGatheredBytes; wait = Soon)
        {
            var begun = Stopwatch.GetTimestamp();
            var events = (await _receiver.ReceiveBatchAsync(MaxRecords, wait, cancellationToken).ConfigureAwait(false)).ToList();
            // Nothing, before its time: the link was closed at the other end. Why, the client learns a moment later and says at the next
            // call; asked within that moment it opens a link anew, and takes the partition back from whoever has just taken it.
            if (events.Count == 0 && Stopwatch.GetElapsedTime(begun) < wait / 2) await Task.Delay(Settling, hub.Time, cancellationToken).ConfigureAwait(false);
            isMore = events.Count >= MaxRecords / 4;
            foreach (var received in events)
            {
                if (received.SequenceNumber < _next) continue;
                if (!Follows(received))
                {
                    await CloseAsync().ConfigureAwait(false);
                    isMore = false;
                    break;
                }

                records.Add(RecordEvent.Read(received));
                bytes += received.EventBody.ToMemory().Length;
                _next = received.SequenceNumber + 1;
                _isFresh = false;
            }
        }

        return records.Count == 0 ? null : new ReceivedRecords(position, [.. records]);
    }

    // A receiver that takes up a lost link may leave out records that were on their way; one that was opened at the very position tells
    // what the hub has.
    private bool Follows(EventData received) => _isFresh || received.SequenceNumber <= _next;

    private void Serve()
    {
        if (_ready is not { } ready) return;
        var isUsedUp = false;
        for (var i = _reads.Count - 1; i >= 0; i--)
        {
            if (ready.Take(_reads[i].Position, _reads[i].MaxBytes) is not { } records) continue;
            isUsedUp |= records[^1].Position + 1 == ready.End;
            _reads[i].SetResult(records);
            _reads.RemoveAt(i);
        }

        if (isUsedUp) _ready = null;
    }

    private void Fail(Exception cause)
    {
        lock (_gate)
        {
            foreach (var read in _reads) read.SetException(cause);
            _reads.Clear();
        }
    }

    private Exception Explain(Exception failure)
    {
        if (HubFailure.IsThrownOff(failure))
            return AzureFailure.Of($"Another reader has taken {_name}", failure);
        return HubFailure.IsBeyondEnd(failure)
            ? new InvalidDataException(
                $"Record {_at - 1} is not in {_name} any more, nor any behind it: the hub has lost records, as in a forced failover, and gives their positions anew. Let the collectors write to a new hub. ({AzureFailure.FirstLine(failure)})",
                failure)
            : AzureFailure.Of($"Cannot read {_name} from {_at}", failure);
    }

    private async ValueTask CloseAsync()
    {
        if (_receiver is not { } receiver) return;
        _receiver = null;
        try
        {
            await receiver.CloseAsync(CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            hub.Log.LogDebug(failure, "A receiver did not close");
        }
    }

    private sealed class PendingRead(long position, int maxBytes) : TaskCompletionSource<IReadOnlyList<RawRecord>>(TaskCreationOptions.RunContinuationsAsynchronously)
    {
        public long Position => position;

        public int MaxBytes => maxBytes;
    }
}
