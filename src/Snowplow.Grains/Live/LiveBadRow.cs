namespace Snowplow.Grains.Live;

/// <summary>A bad row, in brief.</summary>
/// <param name="Schema">The bad row's Iglu URI, which says what kind of failure it was.</param>
/// <param name="Failure">Its <c>failure</c> object as JSON, cut at <see cref="LivePublisher.MaxFailureChars"/> characters.</param>
/// <param name="EventId"><c>event_id</c> of the event in its payload; null where that holds no event or the event no id.</param>
/// <param name="FailureTstamp">Its <c>failure.timestamp</c>.</param>
[GenerateSerializer]
[Immutable]
[Alias("Snowplow.LiveBadRow")]
public sealed record LiveBadRow(
    [property: Id(0)] string Schema,
    [property: Id(1)] string Failure,
    [property: Id(2)] string? EventId,
    [property: Id(3)] DateTimeOffset FailureTstamp);
