using Snowplow.Enrich.Uris;
using Snowplow.Events.Enriched;

namespace Snowplow.Enrich.Enrichments;

/// <summary>
/// Splits the page's referrer into <c>refr_url*</c>. What kind of place it is, <see cref="Referrers.RefererParser"/> says.
/// </summary>
internal sealed class ReferrerUri : IEnrichment
{
    private readonly LenientUri _lenient = new();

    /// <inheritdoc/>
    public void Enrich(EventInProgress e)
    {
        var fields = e.Fields;
        if (fields[EventField.PageReferrer].IsEmpty) return;
        if (!_lenient.TryParse(fields[EventField.PageReferrer], out var uri, out _))
        {
            e.FailEnrichment(null, EventField.PageReferrer, "could not be parsed as a URI");
            return;
        }

        fields.SetText(EventField.RefrUrlscheme, uri.Scheme);
        fields.SetText(EventField.RefrUrlhost, uri.Host);
        fields.SetInt(EventField.RefrUrlport, uri.EffectivePort);
        fields.SetText(EventField.RefrUrlpath, uri.Path);
        fields.SetText(EventField.RefrUrlquery, uri.Query);
        fields.SetText(EventField.RefrUrlfragment, uri.Fragment);
    }
}
