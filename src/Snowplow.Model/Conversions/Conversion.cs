using System.Text.Json.Serialization;
using Snowplow.Model.Events;

namespace Snowplow.Model.Conversions;

/// <summary>An event that met a conversion's condition.</summary>
/// <param name="Identity">The event's identity (<see cref="EventFacts.Identity"/>).</param>
/// <param name="Order">Its place.</param>
/// <param name="EventId">event_id.</param>
/// <param name="Value">Its value, to 6 decimals; null where it has none.</param>
internal sealed record Conversion(
    [property: JsonPropertyName("i")] ulong Identity,
    [property: JsonPropertyName("o")] EventOrder Order,
    [property: JsonPropertyName("e")] string? EventId,
    [property: JsonPropertyName("v")] decimal? Value)
{
    // Beyond it a value is a slip, and sums of doubles would lose their decimals.
    private const double MaxValue = 1e15;

    /// <summary>A value as it is summed: 6 decimals, so that sums do not depend on their order. Null where it is no number or out of reason.</summary>
    public static decimal? Exact(double? value) =>
        value is { } number && Math.Abs(number) <= MaxValue ? Math.Round((decimal)number, 6, MidpointRounding.AwayFromZero) : null;
}
