namespace Snowplow.Grains.Live;

/// <summary>A bad row, in brief.</summary>
/// <param name="Schema">The bad row's Iglu URI, which says what kind of failure it was.</param>
/// <param name="Failure">Its <c>failure</c> object as JSON, cut at <see cref="LivePublisher.MaxFailureChars"/> characters.</param>
[GenerateSerializer]
[Immutable]
[Alias("Snowplow.LiveBadRow")]
public sealed record LiveBadRow([property: Id(0)] string Schema, [property: Id(1)] string Failure);
