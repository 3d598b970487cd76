using System.Diagnostics.CodeAnalysis;

namespace Orleans.Streams;

/// <summary>A stream of items: observing it receives what is written to it, and it is written to as an observer.</summary>
[SuppressMessage("Naming", "CA1711", Justification = "The name is that of the Orleans API.")]
public interface IAsyncStream<T> : IAsyncStream, IAsyncObservable<T>, IAsyncObserver<T>
{
    /// <summary>The stream's present subscriptions.</summary>
    Task<IList<StreamSubscriptionHandle<T>>> GetAllSubscriptionHandles();
}
