using Snowplow.Streams;
using Snowplow.Streams.Tests;

namespace Snowplow.Azure.Tests.EventHubs;

/// <summary>The contract of all raw streams, over a socket.</summary>
public sealed class EventHubsRawStreamContractTests : RawStreamContract
{
    private TestHub? _hub;

    protected override async Task<IRawStream> OpenAsync(int partitions)
    {
        _hub = new TestHub(partitions);
        return await _hub.OpenAsync();
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        _hub?.Broker.Stop();
    }
}
