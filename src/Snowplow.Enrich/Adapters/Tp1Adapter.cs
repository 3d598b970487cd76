using Snowplow.Enrich.Payloads;
using Snowplow.Events.BadRows;
using Snowplow.Events.Collector;

namespace Snowplow.Enrich.Adapters;

/// <summary>Tracker protocol 1, the pixel: one event in the query string. A body is ignored.</summary>
internal sealed class Tp1Adapter : IAdapter
{
    /// <inheritdoc/>
    public string Vendor => ApiPath.Pixel.Vendor;

    /// <inheritdoc/>
    public string Version => ApiPath.Pixel.Version;

    /// <inheritdoc/>
    public BadRowType FailureType => BadRowType.AdapterFailures;

    /// <inheritdoc/>
    public IReadOnlyList<FailureMessage>? Adapt(CollectorPayload payload, RawEvents events)
    {
        if (events.QueryCount == 0) return [new FieldMessage("querystring", payload.Querystring, "must not be empty: it holds the event")];
        events.AddQueryEvent();
        return null;
    }
}
