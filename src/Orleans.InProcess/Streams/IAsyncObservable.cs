namespace Orleans.Streams;

/// <summary>Something that can be subscribed to.</summary>
public interface IAsyncObservable<T>
{
    /// <summary>Gives the observer every item written from now on. A grain's observer is called in turns of the grain.</summary>
    Task<StreamSubscriptionHandle<T>> SubscribeAsync(IAsyncObserver<T> observer);
}
