using Snowplow.Enrich.Uris;
using Snowplow.Events.Enriched;

namespace Snowplow.Enrich.Enrichments;

/// <summary>
/// Splits the page's referrer into <c>refr_url*</c>; one on the page's own host has the medium <c>internal</c>. Other media need
/// a database of referrers: without one the medium stays empty, since <c>unknown</c> would claim that one was asked.
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

        var isPage = uri.Scheme.SequenceEqual("http"u8) || uri.Scheme.SequenceEqual("https"u8) || uri.Scheme.SequenceEqual("android-app"u8);
        if (isPage && !uri.Host.IsEmpty && uri.Host.SequenceEqual(fields[EventField.PageUrlhost]))
            fields.SetClean(EventField.RefrMedium, "internal"u8);
    }
}
