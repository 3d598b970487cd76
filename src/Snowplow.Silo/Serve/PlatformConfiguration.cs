using Snowplow.Collector;
using Snowplow.Silo.Kusto;

namespace Snowplow.Silo.Serve;

/// <summary>All of the server's sections of the configuration.</summary>
/// <param name="Server">The section <c>Snowplow</c>.</param>
/// <param name="Collector">The section <c>Collector</c>.</param>
/// <param name="Kusto">The section <c>Kusto</c>.</param>
/// <param name="Platform">The others.</param>
/// <param name="Hosting">Those of this way of running the platform.</param>
internal sealed record PlatformConfiguration(ServerConfig Server, CollectorOptions Collector, KustoConfig Kusto, PlatformOptions Platform, HostingOptions Hosting)
{
    /// <summary>Reads them; what is wrong with them is in <paramref name="settings"/>.</summary>
    public static PlatformConfiguration Read(IConfiguration configuration, Settings settings)
    {
        settings.Add(ListenAddresses.Errors(configuration));
        var server = settings.Read(ServerConfig.Section, new ServerConfig(), options => options.Validate());
        var collector = settings.Read(
            CollectorOptions.Section, new CollectorOptions(), options => options.Validate().Select(error => $"{CollectorOptions.Section}:{error}."));
        var kusto = settings.Read(KustoConfig.Section, new KustoConfig(), options => options.Validate());
        return new PlatformConfiguration(server, collector, kusto, PlatformOptions.Read(settings, server.Data), HostingOptions.Read(configuration, settings));
    }
}
