using System.Globalization;

namespace Snowplow.Events.BadRows;

/// <summary>Timestamps in bad rows: <c>yyyy-MM-ddTHH:mm:ss.fffZ</c>.</summary>
internal static class BadRowTime
{
    public static string Format(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
