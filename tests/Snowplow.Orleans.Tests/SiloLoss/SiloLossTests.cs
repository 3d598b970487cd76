using Microsoft.Extensions.DependencyInjection;
using Orleans.Behaviour;
using Orleans.Storage;
using Orleans.TestingHost;
using Snowplow.Grains;
using Snowplow.Grains.Tests.Pipeline;
using Snowplow.Streams.Tests.Local;
using Xunit.Abstractions;

namespace Snowplow.Orleans.Tests.SiloLoss;

/// <summary>
/// Silos of a cluster of three are lost under load, with all that their grains hold in memory. Three clusters by default,
/// thirty with SNOWPLOW_TEST_SCALE=full.
/// </summary>
public sealed class SiloLossTests(ITestOutputHelper output)
{
    private static readonly int Clusters = Environment.GetEnvironmentVariable("SNOWPLOW_TEST_SCALE") == "full" ? 30 : 3;

    [Fact]
    public async Task Cluster_ThatLosesTwoOfThreeSilosUnderLoad_LandsEachEventOnceAndEndsAsTheRowsOfAnUninterruptedFold()
    {
        using var counts = new PipelineCounts();
        for (var seed = 0; seed < Clusters; seed++)
        {
            using var folder = new TemporaryFolder();
            await RunAsync(folder.Path, seed);
            output.WriteLine($"Seed {seed}, in total: {counts}");
        }

        counts.Losses.ShouldBeGreaterThan(0);
    }

    private async Task RunAsync(string folder, int seed)
    {
        var traffic = TrackerTraffic.Generate(seed, 3000);
        await using var pipeline = await RunningPipeline.StartAsync(folder, new PipelineOptions { BatchInterval = TimeSpan.FromMilliseconds(10) }, Power);
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
