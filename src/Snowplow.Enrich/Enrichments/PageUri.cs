using Snowplow.Enrich.Uris;
using Snowplow.Events.Enriched;

namespace Snowplow.Enrich.Enrichments;

/// <summary>
/// Splits the page's URL into <c>page_url*</c>. Without parameter <c>url</c>, the URL is the request's Referer: a pixel on a page
/// has its address there.
/// </summary>
internal sealed class PageUri : IEnrichment
{
    private readonly LenientUri _lenient = new();

    /// <inheritdoc/>
    public void Enrich(EventInProgress e)
    {
        var fields = e.Fields;
        if (fields[EventField.PageUrl].IsEmpty) fields.SetText(EventField.PageUrl, e.Request.RefererUri);
        if (fields[EventField.PageUrl].IsEmpty) return;
        if (!_lenient.TryParse(fields[EventField.PageUrl], out var uri, out var text))
        {
            e.FailEnrichment(null, EventField.PageUrl, "could not be parsed as a URI");
            return;
        }

        fields.SetText(EventField.PageUrl, text);
        fields.SetText(EventField.PageUrlscheme, uri.Scheme);
        fields.SetText(EventField.PageUrlhost, uri.Host);
        fields.SetInt(EventField.PageUrlport, uri.EffectivePort);
        fields.SetText(EventField.PageUrlpath, uri.Path);
        fields.SetText(EventField.PageUrlquery, uri.Query);
        fields.SetText(EventField.PageUrlfragment, uri.Fragment);
    }
}
