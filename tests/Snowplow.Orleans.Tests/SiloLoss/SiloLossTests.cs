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
/// Silos of a cluster of three are lost under load, with all that their grains hold in memory, or cut off from the others.
/// Three clusters of each kind by default, thirty with SNOWPLOW_TEST_SCALE=full.
/// </summary>
public sealed class SiloLossTests(ITestOutputHelper output)
{
    private int _goneOn;

    private static readonly int Clusters = Environment.GetEnvironmentVariable("SNOWPLOW_TEST_SCALE") == "full" ? 30 : 3;

    [Fact]
    public async Task Cluster_ThatLosesTwoOfThreeSilosUnderLoad_LandsEachEventOnceAndEndsAsTheRowsOfAnUninterruptedFold()
    {
        using var counts = new PipelineCounts();
        for (var seed = 0; seed < Clusters; seed++)
        {
            using var folder = new TemporaryFolder();
            await RunAsync(folder.Path, seed, 10, 30, KillAsync);
            output.WriteLine($"Seed {seed}, in total: {counts}");
        }

        counts.Losses.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task Cluster_OneOfWhoseSilosGoesOnCutOffFromTheOthers_LandsEachEventOnceAndEndsAsTheRowsOfAnUninterruptedFold()
    {
        using var counts = new PipelineCounts();
        for (var seed = 0; seed < Clusters; seed++)
        {
            using var folder = new TemporaryFolder();
            await RunAsync(folder.Path, seed, 10, int.MaxValue, CutOffAsync);
            output.WriteLine($"Seed {seed}, in total: {counts}");
        }

        counts.Losses.ShouldBeGreaterThan(0);
        _goneOn.ShouldBeGreaterThan(0);
    }

    private static async Task RunAsync(string folder, int seed, int first, int second, Func<TestCluster, SiloHandle, ClusterNetwork, Task> fail)
    {
        var traffic = TrackerTraffic.Generate(seed, 3000);
        var network = new ClusterNetwork();
        await using var pipeline = await RunningPipeline.StartAsync(
            folder,
            new PipelineOptions { BatchInterval = TimeSpan.FromMilliseconds(10) },
            (silo, services, states) => Connect(network, silo, services, states));
        var cluster = ((GrainEngine)pipeline.Engine).Cluster;

        var failure = Task.CompletedTask;
        foreach (var (number, requests) in traffic.Chunk(60).Index())
        {
            // The load goes on beside a failure, but not far ahead of the pipeline.
            var landed = pipeline.UntilLandedAsync();
            foreach (var request in requests) await pipeline.AppendAsync(request);
            if (number == first || number == second)
            {
                await failure;
                failure = fail(cluster, cluster.SecondarySilos[seed % cluster.SecondarySilos.Count], network);
            }

            await landed;
        }

        await failure;
        await pipeline.UntilLandedAsync();
        await pipeline.StopAsync();
        await pipeline.AssertAllIsThereAsync(traffic);
    }

    private static void Connect(ClusterNetwork network, ISiloBuilder silo, PipelineServices services, IGrainStorage states)
    {
        var power = new SiloPower();
        silo.Services.AddSingleton(power);
        network.AddTo(silo.Services);
        silo.Services.AddSingleton(services with { Blobs = new PoweredBlobStore(services.Blobs, power) });
        silo.Services.AddKeyedSingleton<IGrainStorage>(PipelineServices.StateStorage, new PoweredGrainStorage(states, power));
    }

    private async Task KillAsync(TestCluster cluster, SiloHandle silo, ClusterNetwork network)
    {
        output.WriteLine($"{silo.Name} is lost with {await GrainsOnAsync(cluster, silo, "Grain")} grains.");
        GrainEngine.ServicesOf(silo).GetRequiredService<SiloPower>().Cut();
        await cluster.KillSiloAsync(silo);
    }

    // It still reaches the files and states, and goes on with its partitions while the others take them over.
    private async Task CutOffAsync(TestCluster cluster, SiloHandle silo, ClusterNetwork network)
    {
        // One that works on a partition, if any does.
        foreach (var other in cluster.SecondarySilos)
            if (await GrainsOnAsync(cluster, silo, "PartitionGrain") == 0) silo = other;
        var partitions = await GrainsOnAsync(cluster, silo, "PartitionGrain");
        output.WriteLine($"{silo.Name} is cut off with {await GrainsOnAsync(cluster, silo, "Grain")} grains, {partitions} of them partitions.");
        var power = GrainEngine.ServicesOf(silo).GetRequiredService<SiloPower>();
        var before = power.Operations;
        network.CutOff(silo.SiloAddress.Endpoint);
        // Not asked of a grain: the client's call might go by way of the silo that is cut off.
        var others = GrainEngine.ServicesOf(cluster.Primary!).GetRequiredService<ISiloStatusOracle>();
        await Eventually.HoldsAsync(
            "the others have declared it dead", () => Task.FromResult(others.GetApproximateSiloStatus(silo.SiloAddress) == SiloStatus.Dead));
        if (partitions > 0 && power.Operations > before) _goneOn++;
        output.WriteLine($"{silo.Name} is declared dead; cut off, it has used files and states {power.Operations - before} times.");
    }

    private static async Task<int> GrainsOnAsync(TestCluster cluster, SiloHandle silo, string kind)
    {
        var statistics = await cluster.Client.GetGrain<IManagementGrain>(0).GetSimpleGrainStatistics([silo.SiloAddress]);
        return statistics.Where(grains => grains.GrainType.StartsWith("Snowplow.", StringComparison.Ordinal) && grains.GrainType.Contains(kind, StringComparison.Ordinal))
            .Sum(grains => grains.ActivationCount);
    }
}
