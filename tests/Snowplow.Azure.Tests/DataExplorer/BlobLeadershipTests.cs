using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Specialized;
using Snowplow.Azure.Blobs;
using Snowplow.Azure.Tests.Emulators;

namespace Snowplow.Azure.Tests.DataExplorer;

[Collection(nameof(Azurite))]
public sealed class BlobLeadershipTests(Azurite azurite) : IAsyncLifetime
{
    private readonly BlobContainerClient _container = new(azurite.BlobConnection, $"test-{Guid.NewGuid():N}");

    public async Task InitializeAsync() => await _container.CreateAsync();

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task OfThree_OneWorksAtATime_AndAtItsEndAnother()
    {
        var (working, most, runs) = (0, 0, 0);
        using var stop = new CancellationTokenSource();
        async Task WorkAsync(CancellationToken end)
        {
            var now = Interlocked.Increment(ref working);
            InterlockedMax(ref most, now);
            Interlocked.Increment(ref runs);
            await Task.Delay(200, CancellationToken.None);
            Interlocked.Decrement(ref working);
            end.ThrowIfCancellationRequested();
        }

        var all = Enumerable.Range(0, 3).Select(_ => new BlobLeadership(_container, "leader", new QuickTime()).RunAsync(WorkAsync, _ => { }, stop.Token)).ToList();
        while (Volatile.Read(ref runs) < 6) await Task.Delay(20);
        await stop.CancelAsync();
        foreach (var one in all) await Should.ThrowAsync<OperationCanceledException>(one);
        most.ShouldBe(1);
    }

    [Fact]
    public async Task Lease_ThatIsTakenAway_EndsTheWork()
    {
        using var stop = new CancellationTokenSource();
        var (begun, ended) = (new TaskCompletionSource(), new TaskCompletionSource());
        var leadership = new BlobLeadership(_container, "leader", new QuickTime()).RunAsync(
            async end =>
            {
                begun.TrySetResult();
                try
                {
                    await Task.Delay(Timeout.Infinite, end);
                }
                finally
                {
                    ended.TrySetResult();
                }
            },
            _ => { }, stop.Token);
        await begun.Task;
        await _container.GetBlobClient("leader").GetBlobLeaseClient().BreakAsync(TimeSpan.Zero);
        await ended.Task.WaitAsync(TimeSpan.FromMinutes(2));
        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(leadership);
    }

    private static void InterlockedMax(ref int target, int value)
    {
        for (var seen = Volatile.Read(ref target); value > seen; seen = Volatile.Read(ref target)) Interlocked.CompareExchange(ref target, value, seen);
    }
}
