using Snowplow.Enrich.Enrichments;
using Snowplow.Events.BadRows;

namespace Snowplow.Enrich;

/// <summary>What is configurable about enrichment. The defaults are Snowplow's, but for the campaign attribution, which is on.</summary>
public sealed record EnrichOptions
{
    /// <summary>How many arrays and objects may lie within each other in a JSON: <c>maxJsonDepth</c> of Snowplow's enrich.</summary>
    public const int MaxJsonDepth = 50;

    /// <summary>Name and version of this program: <c>v_etl</c> is the two with a hyphen between, and bad rows hold them.</summary>
    public required Processor Processor { get; init; }

    /// <summary>What becomes of an event with a text longer than its field's limit.</summary>
    public OverlongText OverlongText { get; init; } = OverlongText.Reject;

    /// <summary>The most bytes that an enriched event's line may have; larger ones become <c>size_violation</c>s.</summary>
    public int MaxEventBytes { get; init; } = 1_000_000;

    /// <summary>Which query parameters of the page's URL tell the campaign.</summary>
    public CampaignOptions Campaign { get; init; } = CampaignOptions.Default;
}
