using System.Collections.Immutable;

namespace Snowplow.Grains.Live;

/// <summary>Whom watchers are not to be shown any more.</summary>
/// <param name="Keys">The keys of users and sessions.</param>
[GenerateSerializer]
[Immutable]
[Alias("Snowplow.LiveForgotten")]
public sealed record LiveForgotten([property: Id(0)] ImmutableArray<string> Keys);
