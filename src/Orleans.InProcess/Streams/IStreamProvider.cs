using System.Diagnostics.CodeAnalysis;
using Orleans.Runtime;

namespace Orleans.Streams;

/// <summary>Makes streams.</summary>
public interface IStreamProvider
{
    /// <summary>The name the provider is registered with.</summary>
    string Name { get; }

    /// <summary>Whether subscribers may ask for items of the past.</summary>
    bool IsRewindable { get; }

    /// <summary>The stream of that identity. It exists whether or not anybody writes to it or reads from it.</summary>
    [SuppressMessage("Naming", "CA1711", Justification = "The name is that of the Orleans API.")]
    IAsyncStream<T> GetStream<T>(StreamId streamId);
}
