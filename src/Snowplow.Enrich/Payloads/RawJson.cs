namespace Snowplow.Enrich.Payloads;

/// <summary>A raw parameter that holds self-describing JSON.</summary>
/// <param name="Parameter">The parameter.</param>
/// <param name="IsBase64">Whether it is encoded.</param>
internal readonly record struct RawJson(RawParameter Parameter, bool IsBase64);
