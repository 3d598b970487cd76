using Orleans.TestingHost;

namespace Orleans.Behaviour;

/// <summary>Starts a cluster of three silos, which speak over TCP, for the tests that are written for both engines.</summary>
internal sealed class GrainEngine(TestCluster cluster) : IGrainEngine
{
    public IGrainFactory Grains { get; } = cluster.Client;

    public IServiceProvider Services => ServicesOf(cluster.Primary!);

    /// <summary>For tests that take silos away.</summary>
    public TestCluster Cluster => cluster;

    public static async Task<IGrainEngine> StartAsync(Action<ISiloBuilder> configure)
    {
        var builder = new TestClusterBuilder(3)
        {
            CreateSiloAsync = async (name, configuration) =>
                await InProcessSiloHandle.CreateAsync(name, configuration, host => Microsoft.Extensions.Hosting.OrleansSiloGenericHostExtensions.UseOrleans(host, configure)),
        };
        builder.Options.ConfigureFileLogging = false;
        var cluster = builder.Build();
        await cluster.DeployAsync();
        return new GrainEngine(cluster);
    }

    public static IServiceProvider ServicesOf(SiloHandle silo) => ((InProcessSiloHandle)silo).ServiceProvider;

    public Task StopAsync() => cluster.StopAllSilosAsync();

    public async ValueTask DisposeAsync()
    {
        await cluster.StopAllSilosAsync();
        await cluster.DisposeAsync();
    }
}
