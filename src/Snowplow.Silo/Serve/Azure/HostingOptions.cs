using Snowplow.Azure;
using Snowplow.Grains;

namespace Snowplow.Silo.Serve;

/// <summary>What only one way of running the platform asks of the configuration; this one where Azure's services are.</summary>
/// <param name="Azure">The section <c>Azure</c>.</param>
internal sealed record HostingOptions(AzureOptions Azure)
{
    // Of the build for one machine: who sets them here expects what does not happen.
    private static readonly string[] OfOneMachine = ["RawStream", "Warehouse", "Kusto"];

    /// <summary>Reads it; what is wrong is in <paramref name="settings"/>.</summary>
    public static HostingOptions Read(IConfiguration configuration, Settings settings)
    {
        settings.Add(OfOneMachine.Where(section => configuration.GetSection(section).GetChildren().Any())
            .Select(section => $"The section {section} is of the build for one machine; on Azure the section Azure says where things are. Take it away."));
        return new HostingOptions(settings.Read(AzureOptions.Section, new AzureOptions(), options => options.Validate()));
    }

    /// <summary>
    /// Intervals and sizes of partitions where nothing else is said: each batch is two paid writes, each checkpoint one a grain and some files, so
    /// both are larger than on one machine.
    /// </summary>
    public static PipelineOptions Pipeline => new()
    {
        BatchInterval = TimeSpan.FromSeconds(2),
        BatchBytes = 4 << 20,
        CheckpointInterval = TimeSpan.FromMinutes(1),
        RangeBytes = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 128,
    };

    /// <summary>The sections as they take effect, by name.</summary>
    public IReadOnlyList<(string Name, object Options)> Sections => [(AzureOptions.Section, Azure)];
}
