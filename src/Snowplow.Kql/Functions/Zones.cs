namespace Snowplow.Kql.Functions;

/// <summary>Time zones by their IANA names.</summary>
internal static class Zones
{
    /// <summary>The zone of a name; null where there is none.</summary>
    public static TimeZoneInfo? Find(string name) => TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) ? zone : null;
}
