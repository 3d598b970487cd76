using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Snowplow.Model;

/// <summary>Times in rows: <c>yyyy-MM-ddTHH:mm:ss.fffZ</c>, which Kusto and JavaScript read.</summary>
internal sealed class UtcTimeConverter : JsonConverter<DateTimeOffset>
{
    /// <summary>The length of a time's text.</summary>
    public const int Length = 24;

    private const string Pattern = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    /// <summary>A time from milliseconds since 1970, held within the years 1–9999.</summary>
    public static DateTimeOffset FromMilliseconds(long unixMs) => DateTimeOffset.FromUnixTimeMilliseconds(
        Math.Clamp(unixMs, DateTimeOffset.MinValue.ToUnixTimeMilliseconds(), DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()));

    /// <summary>Writes a time into <see cref="Length"/> bytes.</summary>
    public static void Format(DateTimeOffset time, Span<byte> utf8) =>
        time.UtcDateTime.TryFormat(utf8, out _, Pattern, CultureInfo.InvariantCulture);

    /// <summary>A time's text.</summary>
    public static string ToText(long unixMs) => FromMilliseconds(unixMs).UtcDateTime.ToString(Pattern, CultureInfo.InvariantCulture);

    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.GetDateTimeOffset();

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options)
    {
        Span<byte> text = stackalloc byte[Length];
        Format(value, text);
        writer.WriteStringValue(text);
    }
}
