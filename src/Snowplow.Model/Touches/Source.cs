using System.Text.Json.Serialization;
using Snowplow.Events.Enriched;
using Snowplow.Model.Events;

namespace Snowplow.Model.Touches;

/// <summary>Where a visit came from: campaign and referrer, in the terms of the canonical event.</summary>
internal sealed record Source
{
    [JsonPropertyName("m")]
    public string? MktMedium { get; init; }

    [JsonPropertyName("s")]
    public string? MktSource { get; init; }

    [JsonPropertyName("t")]
    public string? MktTerm { get; init; }

    [JsonPropertyName("c")]
    public string? MktContent { get; init; }

    [JsonPropertyName("g")]
    public string? MktCampaign { get; init; }

    [JsonPropertyName("i")]
    public string? MktClickid { get; init; }

    [JsonPropertyName("n")]
    public string? MktNetwork { get; init; }

    [JsonPropertyName("r")]
    public string? PageReferrer { get; init; }

    [JsonPropertyName("rm")]
    public string? RefrMedium { get; init; }

    [JsonPropertyName("rs")]
    public string? RefrSource { get; init; }

    [JsonPropertyName("rt")]
    public string? RefrTerm { get; init; }

    [JsonPropertyName("rh")]
    public string? RefrUrlhost { get; init; }

    public static Source? Of(in EventFacts e)
    {
        var source = new Source
        {
            MktMedium = e.Text(EventField.MktMedium),
            MktSource = e.Text(EventField.MktSource),
            MktTerm = e.Text(EventField.MktTerm),
            MktContent = e.Text(EventField.MktContent),
            MktCampaign = e.Text(EventField.MktCampaign),
            MktClickid = e.Text(EventField.MktClickid),
            MktNetwork = e.Text(EventField.MktNetwork),
            PageReferrer = e.Text(EventField.PageReferrer),
            RefrMedium = e.Text(EventField.RefrMedium),
            RefrSource = e.Text(EventField.RefrSource),
            RefrTerm = e.Text(EventField.RefrTerm),
            RefrUrlhost = e.Text(EventField.RefrUrlhost),
        };
        return source == Empty ? null : source;
    }

    private static readonly Source Empty = new();
}
