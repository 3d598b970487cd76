using Snowplow.Enrich;
using Snowplow.Enrich.Assets;
using Snowplow.Enrich.Iglu;
using Snowplow.Events.BadRows;
using Snowplow.Grains;
using Snowplow.Silo.CommandLine;
using Snowplow.Silo.Interventions;
using Snowplow.Streams.Local;
using Snowplow.Warehouse;

namespace Snowplow.Silo.Serve;

/// <summary>The platform's sections of the configuration.</summary>
/// <param name="Stream">The section <c>RawStream</c>.</param>
/// <param name="Pipeline">The section <c>Pipeline</c>.</param>
/// <param name="Enrich">The section <c>Enrich</c>.</param>
/// <param name="Iglu">The section <c>Iglu</c>.</param>
/// <param name="Model">The section <c>Model</c>.</param>
/// <param name="Interventions">The section <c>Interventions</c>.</param>
/// <param name="Warehouse">The section <c>Warehouse</c>.</param>
internal sealed record PlatformOptions(
    LocalRawStreamOptions Stream, PipelineOptions Pipeline, EnrichOptions Enrich, IgluOptions Iglu, ModelOptions Model, InterventionOptions Interventions,
    WarehouseOptions Warehouse)
{
    /// <summary>Reads them; the raw stream lies in <c>raw</c> under the data folder unless told otherwise.</summary>
    public static PlatformOptions Read(Settings settings, string dataFolder)
    {
        var options = ReadSections(settings, dataFolder);
        settings.Add(options.Interventions.ErrorsWith(options.Model));
        return options;
    }

    private static PlatformOptions ReadSections(Settings settings, string dataFolder) => new(
        settings.Read(
            "RawStream", new LocalRawStreamOptions { Folder = Path.Combine(dataFolder, "raw") },
            options => options.Validate().Select(error => $"RawStream:{error}.")),
        settings.Read("Pipeline", HostingOptions.Pipeline, options => options.Validate()),
        settings.Read("Enrich", EnrichDefaults(dataFolder), options => options.Validate()),
        settings.Read("Iglu", new IgluOptions(), options => options.Validate()).WithResolver(),
        settings.Read(ModelOptions.Section, new ModelOptions(), options => options.Validate()),
        settings.Read(InterventionOptions.Section, new InterventionOptions(), options => options.Validate()),
        settings.Read(WarehouseOptions.Section, new WarehouseOptions(), options => options.Validate()));

    private static EnrichOptions EnrichDefaults(string dataFolder) => new()
    {
        Processor = new Processor("snowplow-orleans", VersionCommand.ShortVersion),
        Assets = new AssetOptions { Folder = Path.Combine(dataFolder, "assets") },
    };
}
