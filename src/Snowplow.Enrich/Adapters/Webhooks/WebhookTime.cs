using System.Globalization;
using System.Text.Json.Nodes;
using Snowplow.Events.Enriched;

namespace Snowplow.Enrich.Adapters.Webhooks;

/// <summary>
/// The times of webhooks to the form of <c>date-time</c> in schemas: <c>yyyy-MM-ddTHH:mm:ss.fffZ</c>. What is no time in the
/// expected form stays as it is; its schema is to judge it.
/// </summary>
internal static class WebhookTime
{
    private const string DateAndTime = "yyyy-MM-dd HH:mm:ss";

    /// <summary>The form of schemas.</summary>
    public static string ToIso(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    /// <summary>Seconds since the Unix epoch, a number or its text, with or without a fraction.</summary>
    public static JsonNode? FromSeconds(JsonNode? value) => FromEpoch(value, 1000);

    /// <summary><c>yyyy-MM-dd HH:mm:ss</c> in UTC.</summary>
    public static string FromDateAndTime(string text) =>
        DateTimeOffset.TryParseExact(text, DateAndTime, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? ToIso(time) : text;

    /// <summary>Replaces a member, where there is one, by <see cref="FromSeconds"/>.</summary>
    public static void ReplaceSeconds(JsonObject members, string name) => Replace(members, name, 1000);

    /// <summary>Replaces a member, where there is one, that is milliseconds since the Unix epoch, a number or its text.</summary>
    public static void ReplaceMilliseconds(JsonObject members, string name) => Replace(members, name, 1);

    private static void Replace(JsonObject members, string name, int msPerUnit)
    {
        if (members[name] is { } value && FromEpoch(value, msPerUnit) is { } time && !ReferenceEquals(time, value)) members[name] = time;
    }

    private static JsonNode? FromEpoch(JsonNode? value, int msPerUnit)
    {
        if (value is not JsonValue scalar || Number(scalar) is not { } number || Math.Abs(number) > long.MaxValue / 1000) return value;
        var ms = (long)(number * msPerUnit);
        return EventTime.IsInRange(ms) ? JsonValue.Create(ToIso(DateTimeOffset.FromUnixTimeMilliseconds(ms))) : value;
    }

    private static decimal? Number(JsonValue value)
    {
        if (value.TryGetValue(out decimal number)) return number;
        return value.TryGetValue(out string? text) && decimal.TryParse(
            text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out number) ? number : null;
    }
}
