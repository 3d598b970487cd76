namespace Snowplow.Azure.Tests.Cluster;

/// <summary>Tests each of which has Azurite, a hub and Data Explorer to itself, and so many minutes.</summary>
/// <param name="partitions">How many its hub has.</param>
/// <param name="minutes">How long a test may take.</param>
public abstract class OnCloud(int partitions, double minutes) : IAsyncLifetime
{
    private readonly CancellationTokenSource _patience = new(TimeSpan.FromMinutes(minutes));

    /// <summary>Ends a test that takes too long.</summary>
    protected CancellationToken Stop => _patience.Token;

    private protected Cloud Cloud { get; private set; } = null!;

    public async Task InitializeAsync() => Cloud = await Cloud.StartAsync(partitions);

    public async Task DisposeAsync()
    {
        await Cloud.DisposeAsync();
        _patience.Dispose();
    }
}
