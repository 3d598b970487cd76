using Orleans.CodeGeneration;
using Orleans.Runtime;

namespace Orleans.Streams;

/// <summary>
/// A subscription to a memory stream: a bounded buffer, and a pump that hands its items to the observer one at a time, in turns of
/// the grain that subscribed or where the subscriber outside of grains was.
/// </summary>
internal sealed class MemoryStreamSubscription<T> : StreamSubscriptionHandle<T>
{
    // What a subscriber may be behind before it misses items.
    private const int BufferSize = 4096;

    private readonly MemoryStream<T> _stream;
    private readonly IAsyncObserver<T> _observer;
    private readonly Activation? _activation = RuntimeContext.Current;
    private readonly TaskScheduler _scheduler =
        SynchronizationContext.Current is null ? TaskScheduler.Default : TaskScheduler.FromCurrentSynchronizationContext();
    private readonly Lock _lock = new();
    private readonly Queue<Message> _buffer = new();
    private long _missed;
    private bool _pumping;
    private bool _ended;

    public MemoryStreamSubscription(MemoryStream<T> stream, IAsyncObserver<T> observer)
    {
        _stream = stream;
        _observer = observer;
    }

    internal enum MessageKind
    {
        Item,
        Error,
        Completed,
    }

    public override StreamId StreamId => _stream.StreamId;

    public override string ProviderName => _stream.ProviderName;

    public override Guid HandleId { get; } = Guid.NewGuid();

    public override Task UnsubscribeAsync()
    {
        lock (_lock)
        {
            _ended = true;
            _buffer.Clear();
        }

        _stream.Remove(this);
        return Task.CompletedTask;
    }

    public override bool Equals(StreamSubscriptionHandle<T>? other) => ReferenceEquals(this, other);

    /// <summary>Buffers a message, in place of the oldest one where there is no room.</summary>
    public void Offer(Message message)
    {
        lock (_lock)
        {
            if (_ended) return;
            if (_buffer.Count == BufferSize)
            {
                _buffer.Dequeue();
                _missed++;
            }

            _buffer.Enqueue(message);
            if (_pumping && _activation is not { State: ActivationState.Invalid }) return;
            _pumping = true;
        }

        StartPump();
    }

    // A grain's observer gets one item per call, so that the grain's other calls have their turns in between.
    private void StartPump()
    {
        if (_activation is null) _ = Task.Factory.StartNew(PumpAllAsync, CancellationToken.None, TaskCreationOptions.DenyChildAttach, _scheduler);
        else if (!_activation.TryEnqueue(new DeliverCall(this))) _ = UnsubscribeAsync();
    }

    private async Task PumpAllAsync()
    {
        while (await DeliverNextAsync())
        {
            // Until the buffer is empty.
        }
    }

    /// <summary>Hands over the next message. Returns whether there are more.</summary>
    private async Task<bool> DeliverNextAsync()
    {
        Message message;
        long missed;
        lock (_lock)
        {
            if (!_buffer.TryDequeue(out message)) return _pumping = false;
            (missed, _missed) = (_missed, 0);
        }

        if (missed > 0)
            await DeliverAsync(new Message(MessageKind.Error, default, null, new QueueCacheMissException($"{missed} items of stream {StreamId} were dropped.")));
        await DeliverAsync(message);
        lock (_lock) return _pumping = _buffer.Count > 0;
    }

    private async Task DeliverAsync(Message message)
    {
        try
        {
            await (message.Kind switch
            {
                MessageKind.Item => _observer.OnNextAsync(message.Item!, message.Token),
                MessageKind.Error => _observer.OnErrorAsync(message.Error!),
                _ => _observer.OnCompletedAsync(),
            });
        }
        catch (Exception exception)
        {
            // The observer's failure is its own: neither the writer nor other subscribers see it.
            _stream.Log.ObserverFailed(StreamId.ToString(), exception);
        }
    }

    internal readonly record struct Message(MessageKind Kind, T? Item, StreamSequenceToken? Token, Exception? Error);

    private sealed class DeliverCall(MemoryStreamSubscription<T> subscription) : VoidGrainCall
    {
        public override string Method => "Stream.Deliver";

        internal override bool IsLocal => true;

        protected override async Task CallAsync(object grain)
        {
            if (await subscription.DeliverNextAsync()) subscription.StartPump();
        }
    }
}
