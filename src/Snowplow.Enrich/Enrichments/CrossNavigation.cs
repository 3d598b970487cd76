using System.Globalization;
using Snowplow.Events.Enriched;

namespace Snowplow.Enrich.Enrichments;

/// <summary>Fills <c>refr_domain_userid</c> and <c>refr_dvce_tstamp</c> from the first two parts of a <see cref="CrossNavigationLink"/>.</summary>
internal sealed class CrossNavigation : IEnrichment
{
    private byte[] _link = new byte[256];

    /// <inheritdoc/>
    public void Enrich(EventInProgress e)
    {
        var link = CrossNavigationLink.Find(e.Fields[EventField.PageUrlquery], ref _link);
        if (link.IsEmpty) return;
        e.Fields.SetText(EventField.RefrDomainUserid, CrossNavigationLink.Next(ref link));
        var timestamp = CrossNavigationLink.Next(ref link);
        if (timestamp.IsEmpty) return;
        if (long.TryParse(timestamp, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var ms) && EventTime.IsInRange(ms))
        {
            e.Fields.SetTimestamp(EventField.RefrDvceTstamp, DateTimeOffset.FromUnixTimeMilliseconds(ms));
            return;
        }

        e.FailEnrichment(null, EventField.PageUrlquery, "the timestamp in _sp must be milliseconds since the Unix epoch, years 1 to 9999");
    }
}
