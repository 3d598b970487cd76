using System.Diagnostics.CodeAnalysis;
using Orleans.Runtime;

namespace Orleans.Streams;

/// <summary>A stream.</summary>
[SuppressMessage("Naming", "CA1711", Justification = "The name is that of the Orleans API.")]
public interface IAsyncStream
{
    /// <summary>Whether subscribers may ask for items of the past.</summary>
    bool IsRewindable { get; }

    /// <summary>The name of the stream's provider.</summary>
    string ProviderName { get; }

    /// <summary>The stream's identity within its provider.</summary>
    StreamId StreamId { get; }
}
