using Snowplow.Enrich.Payloads;
using Snowplow.Events.BadRows;
using Snowplow.Events.Collector;

namespace Snowplow.Enrich.Adapters;

/// <summary>
/// Turns the payloads of one path into raw events of the tracker protocol. Without state: one instance serves all pipelines.
/// </summary>
internal interface IAdapter
{
    /// <summary>The first segment of the path that it reads.</summary>
    string Vendor { get; }

    /// <summary>The second segment.</summary>
    string Version { get; }

    /// <summary>What its failures are: tracker protocol violations for Snowplow's own trackers, adapter failures for all others.</summary>
    BadRowType FailureType { get; }

    /// <summary>
    /// Adds the payload's events to <paramref name="events"/>, which holds the query string already. An event that is wrong
    /// alone is added and marked by <see cref="RawEvents.Fail"/>.
    /// </summary>
    /// <returns>Why the payload as a whole cannot be read; null where it can.</returns>
    IReadOnlyList<FailureMessage>? Adapt(CollectorPayload payload, RawEvents events);
}
