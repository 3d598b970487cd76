namespace Orleans.Streams;

/// <summary>Receives items, one at a time.</summary>
public interface IAsyncObserver<in T>
{
    /// <summary>The next item.</summary>
    /// <param name="item">The item.</param>
    /// <param name="token">The item's place in the stream.</param>
    Task OnNextAsync(T item, StreamSequenceToken? token = null);

    /// <summary>The stream has ended.</summary>
    Task OnCompletedAsync() => Task.CompletedTask;

    /// <summary>Something went wrong between items, e.g. items were dropped because the observer is too slow.</summary>
    Task OnErrorAsync(Exception ex);
}
