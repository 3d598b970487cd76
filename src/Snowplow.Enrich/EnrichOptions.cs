using System.Text.RegularExpressions;
using Snowplow.Enrich.Assets;
using Snowplow.Events.BadRows;

namespace Snowplow.Enrich;

/// <summary>What is configurable about enrichment. Binds from .NET configuration, section <c>Enrich</c>.</summary>
public sealed record EnrichOptions
{
    /// <summary>How many arrays and objects may lie within each other in a JSON: <c>maxJsonDepth</c> of Snowplow's enrich.</summary>
    public const int MaxJsonDepth = 50;

    /// <summary>Name and version of this program: <c>v_etl</c> is the two with a hyphen between, and bad rows hold them.</summary>
    public required Processor Processor { get; init; }

    /// <summary>What becomes of an event with a text longer than its field's limit.</summary>
    public OverlongText OverlongText { get; init; } = OverlongText.Reject;

    /// <summary>Limits in the place of the canonical ones, by the field's name: <c>page_url</c>. In UTF-16 units.</summary>
    public IReadOnlyDictionary<string, int> AtomicFieldLimits { get; init; } = new Dictionary<string, int>();

    /// <summary>The most bytes that an enriched event's line may have; larger ones become <c>size_violation</c>s.</summary>
    public int MaxEventBytes { get; init; } = 1_000_000;

    /// <summary>
    /// Whether failed events land beside the bad rows: lines of enriched TSV of what was valid of an event with a schema violation or
    /// a failed enrichment. Off by default, as with Snowplow.
    /// </summary>
    public bool FailedEvents { get; init; }

    /// <summary>
    /// Folder of Snowplow's enrichment configuration files, <c>*.json</c>; then just those run that it turns on. Null for the
    /// default: all those that need no configuration.
    /// </summary>
    public string? Enrichments { get; init; }

    /// <summary>How the files are kept current that enrichments load.</summary>
    public AssetOptions Assets { get; init; } = new();

    /// <summary>All that is wrong with these options, one sentence each.</summary>
    public IEnumerable<string> Validate()
    {
        // As the schemas of bad rows have it.
        if (!Regex.IsMatch(Processor.Version, @"^\d+\.\d+\.\d+") || Processor.Version.Length > 32)
            yield return $"Enrich:Processor:Version must begin with MAJOR.MINOR.PATCH and have at most 32 characters, but is '{Processor.Version}'.";
        foreach (var error in FieldLimits.Validate(AtomicFieldLimits).Concat(Assets.Validate()))
            yield return error;
    }
}
