using System.Globalization;
using Snowplow.Enrich.Uris;
using Snowplow.Events.Enriched;

namespace Snowplow.Enrich.Enrichments;

/// <summary>
/// The parameter <c>_sp</c> that Snowplow's web tracker adds to links to other domains: <c>{domain_userid}.{ms since epoch}</c> and up to
/// five more parts. Its first two fill <c>refr_domain_userid</c> and <c>refr_dvce_tstamp</c>.
/// </summary>
internal sealed class CrossNavigation : IEnrichment
{
    private const int MaxParts = 7;

    private byte[] _value = new byte[256];

    /// <inheritdoc/>
    public void Enrich(EventInProgress e)
    {
        var pairs = new FormPairs(e.Fields[EventField.PageUrlquery]);
        while (pairs.MoveNext())
        {
            if (!pairs.Name.SequenceEqual("_sp"u8)) continue;
            if (_value.Length < pairs.Value.Length) _value = new byte[pairs.Value.Length];
            Set(e, _value.AsSpan(0, FormEncoding.Decode(pairs.Value, _value)));
            return;
        }
    }

    private static void Set(EventInProgress e, ReadOnlySpan<byte> value)
    {
        if (value.Count((byte)'.') >= MaxParts) return;
        var dot = value.IndexOf((byte)'.');
        e.Fields.SetText(EventField.RefrDomainUserid, dot < 0 ? value : value[..dot]);
        if (dot < 0) return;
        var timestamp = value[(dot + 1)..];
        dot = timestamp.IndexOf((byte)'.');
        timestamp = dot < 0 ? timestamp : timestamp[..dot];
        if (timestamp.IsEmpty) return;
        if (long.TryParse(timestamp, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var ms) && EventTime.IsInRange(ms))
        {
            e.Fields.SetTimestamp(EventField.RefrDvceTstamp, DateTimeOffset.FromUnixTimeMilliseconds(ms));
            return;
        }

        e.FailEnrichment(null, EventField.PageUrlquery, "the timestamp in _sp must be milliseconds since the Unix epoch, years 1 to 9999");
    }
}
