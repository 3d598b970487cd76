using System.Diagnostics.CodeAnalysis;
using Orleans.Runtime;

namespace Orleans.Streams;

/// <summary>Streams by their parts.</summary>
[SuppressMessage("Naming", "CA1711", Justification = "Names are those of the Orleans API.")]
public static class StreamProviderExtensions
{
    /// <summary>The stream of that namespace and key.</summary>
    public static IAsyncStream<T> GetStream<T>(this IStreamProvider streamProvider, string ns, string id)
    {
        ArgumentNullException.ThrowIfNull(streamProvider);
        return streamProvider.GetStream<T>(StreamId.Create(ns, id));
    }

    /// <summary>The stream of that key, without a namespace.</summary>
    public static IAsyncStream<T> GetStream<T>(this IStreamProvider streamProvider, string id)
    {
        ArgumentNullException.ThrowIfNull(streamProvider);
        return streamProvider.GetStream<T>(StreamId.Create(null, id));
    }
}
