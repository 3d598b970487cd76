using Snowplow.Events.BadRows;

namespace Snowplow.Enrich.Payloads;

/// <summary>One event of a payload before enrichment.</summary>
/// <param name="FirstParameter">Its first parameter of its own in <see cref="RawEvents"/>.</param>
/// <param name="ParameterCount">How many of its own it has; the query string's come on top.</param>
/// <param name="Item">What the payload's body has of this event, for a payload of this event alone; empty for events from a query string.</param>
/// <param name="IsObject">False where the body's item is no JSON object at all.</param>
/// <param name="Failures">Why the adapter refuses this event; null where it does not.</param>
internal readonly record struct RawEvent(
    int FirstParameter, int ParameterCount, Range Item, bool IsObject, IReadOnlyList<FailureMessage>? Failures = null);
