using Snowplow.Grains;

namespace Snowplow.Silo.Serve;

/// <summary>What only one way of running the platform asks of the configuration; this one nothing.</summary>
internal sealed record HostingOptions
{
    /// <summary>Reads it; what is wrong is in <paramref name="settings"/>.</summary>
    public static HostingOptions Read(IConfiguration configuration, Settings settings)
    {
        if (configuration.GetSection("Azure").GetChildren().Any())
            settings.Add(["The section Azure is there, but this is the build for one machine: build with -p:UseAzure=true, or take the section away."]);
        return new HostingOptions();
    }

    /// <summary>The intervals of partitions where nothing else is said.</summary>
    public static PipelineOptions Pipeline => new();

    /// <summary>The sections as they take effect, by name.</summary>
    public IReadOnlyList<(string Name, object Options)> Sections { get; } = [];
}
