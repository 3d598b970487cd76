using Microsoft.Extensions.DependencyInjection;
using Orleans.Behaviour;
using Orleans.Storage;
using Orleans.TestingHost;
using Snowplow.Grains;
using Snowplow.Grains.Tests.Pipeline;
using Snowplow.Streams.Tests.Local;
using Xunit.Abstractions;

namespace Snowplow.Orleans.Tests.SiloLoss;

/// <summary>Silos of a cluster of three are lost under load, with all that their grains hold in memory.</summary>
public sealed class SiloLossTests(ITestOutputHelper output) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Cluster_ThatLosesTwoOfThreeSilosUnderLoad_LandsEachEventOnceAndEndsAsTheRowsOfAnUninterruptedFold(int seed)
    {
        using var counts = new PipelineCounts();
        var traffic = TrackerTraffic.Generate(seed, 3000);
        await using var pipeline = await RunningPipeline.StartAsync(
            _folder.Path, new PipelineOptions { BatchInterval = TimeSpan.FromMilliseconds(10), CheckpointInterval = TimeSpan.FromMilliseconds(300) }, Power);
        var cluster = ((GrainEngine)pipeline.Engine).Cluster;

        var kill = Task.CompletedTask;
        foreach (var (number, requests) in traffic.Chunk(60).Index())
        {
            // The load goes on beside a kill, but not far ahead of the pipeline.
            var landed = pipeline.UntilLandedAsync();
            foreach (var request in requests) await pipeline.AppendAsync(request);
            if (number is 10 or 30)
            {
                await kill;
                kill = KillAsync(cluster, cluster.SecondarySilos[seed % cluster.SecondarySilos.Count]);
            }

            await landed;
        }

        await kill;
        await pipeline.UntilLandedAsync();
        await pipeline.StopAsync();
        output.WriteLine(counts.ToString());
        counts.Losses.ShouldBeGreaterThan(0);
        await pipeline.AssertAllIsThereAsync(traffic);
    }

    private static void Power(ISiloBuilder silo, PipelineServices services, IGrainStorage states)
    {
        var power = new SiloPower();
        silo.Services.AddSingleton(power);
        silo.Services.AddSingleton(services with { Blobs = new PoweredBlobStore(services.Blobs, power) });
        silo.Services.AddKeyedSingleton<IGrainStorage>(PipelineServices.StateStorage, new PoweredGrainStorage(states, power));
    }

    private async Task KillAsync(TestCluster cluster, SiloHandle silo)
    {
        var statistics = await cluster.Client.GetGrain<IManagementGrain>(0).GetSimpleGrainStatistics([silo.SiloAddress]);
        var lost = statistics.Where(grains => grains.GrainType.StartsWith("Snowplow.", StringComparison.Ordinal)).Sum(grains => grains.ActivationCount);
        output.WriteLine($"{silo.Name} is lost with {lost} grains.");
        lost.ShouldBeGreaterThan(0);
        GrainEngine.ServicesOf(silo).GetRequiredService<SiloPower>().Cut();
        await cluster.KillSiloAsync(silo);
    }
}
