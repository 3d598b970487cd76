using Snowplow.Events.BadRows;
using Snowplow.Events.Collector;

namespace Snowplow.Enrich.Payloads;

/// <summary>One event of a payload before enrichment.</summary>
/// <param name="FirstParameter">Its first parameter of its own in <see cref="RawEvents"/>.</param>
/// <param name="ParameterCount">How many of its own it has; the query string's come on top.</param>
/// <param name="Item">What the payload's body has of this event, for a payload of this event alone; empty for events from a query string.</param>
/// <param name="IsObject">False where the body's item is no JSON object at all.</param>
/// <param name="Failures">Why the adapter refuses this event; null where it does not.</param>
internal readonly record struct RawEvent(
    int FirstParameter, int ParameterCount, Range Item, bool IsObject, IReadOnlyList<FailureMessage>? Failures = null)
{
    /// <summary>
    /// A body of which this event alone comes when the payload is sent again with it, where <see cref="Item"/> cannot tell: the
    /// body's item is encoded, or is no slice of it. Null where it can, and where the payload has no other event.
    /// </summary>
    public byte[]? Body { get; init; }

    /// <summary>
    /// The request as the event tells it, where that is another than the one which brought it: a log line of a visit names the
    /// visit's time, address and user agent. Null where it is the same.
    /// </summary>
    public CollectorPayload? Request { get; init; }
}
