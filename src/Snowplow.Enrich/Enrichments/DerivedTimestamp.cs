using Snowplow.Events.Enriched;

namespace Snowplow.Enrich.Enrichments;

/// <summary>
/// <c>derived_tstamp</c>, the best guess at when the event happened: the true timestamp, else the collector's less the time that
/// the event waited on the device, else the collector's.
/// </summary>
internal sealed class DerivedTimestamp : IEnrichment
{
    /// <inheritdoc/>
    public void Enrich(EventInProgress e)
    {
        var collectorMs = e.Request.TimestampMs;
        if (!EventTime.IsInRange(collectorMs) && e.TrueMs is null) return;
        var derivedMs = e.TrueMs
            ?? (e.SentMs is { } sent && e.CreatedMs is { } created && created < sent ? collectorMs - (sent - created) : collectorMs);

        // A device clock thousands of years off tells nothing.
        if (!EventTime.IsInRange(derivedMs)) derivedMs = collectorMs;
        e.Fields.SetTimestamp(EventField.DerivedTstamp, DateTimeOffset.FromUnixTimeMilliseconds(derivedMs));
    }
}
