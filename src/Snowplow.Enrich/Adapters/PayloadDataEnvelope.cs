namespace Snowplow.Enrich.Adapters;

/// <summary>What the outside of a <c>payload_data</c> body looks like.</summary>
/// <param name="Schema">Its <c>schema</c>; null where it is absent or no string.</param>
/// <param name="HasData">Whether it has <c>data</c>.</param>
/// <param name="IsArray">Whether <c>data</c> is an array.</param>
/// <param name="HasTooMany">Whether it has more items than a payload may have.</param>
internal readonly record struct PayloadDataEnvelope(string? Schema, bool HasData, bool IsArray, bool HasTooMany);
