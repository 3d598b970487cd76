using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Orleans.Runtime;

namespace Orleans.Streams;

/// <summary>A stream in memory. Writing never waits: each subscription has a bounded buffer that drops its oldest items.</summary>
[SuppressMessage("Naming", "CA1711", Justification = "It is a stream.")]
internal sealed class MemoryStream<T>(MemoryStreamProvider provider, StreamId streamId) : IAsyncStream<T>
{
    private readonly Lock _lock = new();
    private ImmutableArray<MemoryStreamSubscription<T>> _subscriptions = [];
    private long _written;

    public bool IsRewindable => false;

    public string ProviderName => provider.Name;

    public StreamId StreamId => streamId;

    public EngineLog Log => provider.Log;

    public Task<StreamSubscriptionHandle<T>> SubscribeAsync(IAsyncObserver<T> observer)
    {
        ArgumentNullException.ThrowIfNull(observer);
        var subscription = new MemoryStreamSubscription<T>(this, observer);
        lock (_lock) _subscriptions = _subscriptions.Add(subscription);
        return Task.FromResult<StreamSubscriptionHandle<T>>(subscription);
    }

    public Task OnNextAsync(T item, StreamSequenceToken? token = null)
    {
        Send(new MemoryStreamSubscription<T>.Message(
            MemoryStreamSubscription<T>.MessageKind.Item, item, token ?? new MemorySequenceToken(Interlocked.Increment(ref _written)), null));
        return Task.CompletedTask;
    }

    public Task OnCompletedAsync()
    {
        Send(new MemoryStreamSubscription<T>.Message(MemoryStreamSubscription<T>.MessageKind.Completed, default, null, null));
        return Task.CompletedTask;
    }

    public Task OnErrorAsync(Exception ex)
    {
        Send(new MemoryStreamSubscription<T>.Message(MemoryStreamSubscription<T>.MessageKind.Error, default, null, ex));
        return Task.CompletedTask;
    }

    public Task<IList<StreamSubscriptionHandle<T>>> GetAllSubscriptionHandles()
    {
        lock (_lock) return Task.FromResult<IList<StreamSubscriptionHandle<T>>>([.. _subscriptions]);
    }

    public void Remove(MemoryStreamSubscription<T> subscription)
    {
        lock (_lock) _subscriptions = _subscriptions.Remove(subscription);
    }

    private void Send(MemoryStreamSubscription<T>.Message message)
    {
        ImmutableArray<MemoryStreamSubscription<T>> subscriptions;
        lock (_lock) subscriptions = _subscriptions;
        foreach (var subscription in subscriptions) subscription.Offer(message);
    }
}
