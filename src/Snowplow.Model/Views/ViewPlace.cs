using System.Text.Json.Serialization;

namespace Snowplow.Model.Views;

/// <summary>What a view's row says of its session.</summary>
/// <param name="Index">The view's place, from 1.</param>
/// <param name="Count">How many views there are.</param>
/// <param name="IsCountInexact">Whether the count may grow without the row.</param>
/// <param name="IsIndexInexact">Whether views before it have been closed in another order.</param>
/// <param name="IsTimeInexact">Whether heartbeats have been left out.</param>
internal readonly record struct ViewPlace(
    [property: JsonPropertyName("i")] long Index,
    [property: JsonPropertyName("n")] long Count,
    [property: JsonPropertyName("c")] bool IsCountInexact,
    [property: JsonPropertyName("o")] bool IsIndexInexact,
    [property: JsonPropertyName("t")] bool IsTimeInexact);
