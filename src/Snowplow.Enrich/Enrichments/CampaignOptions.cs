namespace Snowplow.Enrich.Enrichments;

/// <summary>
/// Which query parameters of the page's URL tell the campaign (<c>campaign_attribution</c>, static mapping). In each list the
/// first one that the URL has counts, even if it is empty there.
/// </summary>
internal sealed record CampaignOptions
{
    /// <summary>The parameters that campaign tools put into URLs: <c>utm_*</c>, and the click ids of Google, Microsoft and DoubleClick.</summary>
    public static CampaignOptions Default { get; } = new();

    /// <summary>Names for <c>mkt_medium</c>.</summary>
    public IReadOnlyList<string> Medium { get; init; } = ["utm_medium"];

    /// <summary>Names for <c>mkt_source</c>.</summary>
    public IReadOnlyList<string> Source { get; init; } = ["utm_source"];

    /// <summary>Names for <c>mkt_term</c>.</summary>
    public IReadOnlyList<string> Term { get; init; } = ["utm_term"];

    /// <summary>Names for <c>mkt_content</c>.</summary>
    public IReadOnlyList<string> Content { get; init; } = ["utm_content"];

    /// <summary>Names for <c>mkt_campaign</c>.</summary>
    public IReadOnlyList<string> Campaign { get; init; } = ["utm_campaign"];

    /// <summary>Names for <c>mkt_clickid</c>, each with its <c>mkt_network</c>.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> ClickId { get; init; } =
        [new("gclid", "Google"), new("msclkid", "Microsoft"), new("dclid", "DoubleClick")];
}
