using System.Globalization;

namespace Snowplow.Events.Enriched;

/// <summary>The timestamp format of the enriched TSV: <c>yyyy-MM-dd HH:mm:ss.SSS</c> in UTC, 23 ASCII characters.</summary>
public static class EventTime
{
    /// <summary>The length of a formatted timestamp in bytes.</summary>
    public const int Length = 23;

    private const long MinUnixMs = -62_135_596_800_000; // 0001-01-01, the first instant DateTimeOffset can hold.
    private const long MaxUnixMs = 253_402_300_799_999; // 9999-12-31 23:59:59.999

    /// <summary>Whether milliseconds since the Unix epoch fall into the years 1–9999 that can be written.</summary>
    public static bool IsInRange(long unixMs) => unixMs is >= MinUnixMs and <= MaxUnixMs;

    /// <summary>Writes a timestamp; fractions of a millisecond are cut off.</summary>
    /// <param name="time">Any offset; written as UTC.</param>
    /// <param name="destination">At least <see cref="Length"/> bytes.</param>
    public static void Format(DateTimeOffset time, Span<byte> destination)
    {
        if (!time.UtcDateTime.TryFormat(destination, out _, "yyyy-MM-dd HH:mm:ss.fff", CultureInfo.InvariantCulture))
            throw new ArgumentException($"A timestamp needs {Length} bytes, not {destination.Length}.", nameof(destination));
    }

    /// <summary>Reads <c>yyyy-MM-dd HH:mm:ss</c> with zero to three decimals, as Snowplow's SDKs do.</summary>
    public static bool TryParse(ReadOnlySpan<byte> utf8, out DateTimeOffset time)
    {
        time = default;
        if (utf8.Length < 19 || utf8[4] != '-' || utf8[7] != '-' || utf8[10] != ' ' || utf8[13] != ':' || utf8[16] != ':') return false;
        if (!TryDigits(utf8[..4], out var year) || !TryDigits(utf8.Slice(5, 2), out var month) || !TryDigits(utf8.Slice(8, 2), out var day)
            || !TryDigits(utf8.Slice(11, 2), out var hour) || !TryDigits(utf8.Slice(14, 2), out var minute)
            || !TryDigits(utf8.Slice(17, 2), out var second)) return false;

        var millisecond = 0;
        if (utf8.Length > 19)
        {
            var decimals = utf8[20..];
            if (utf8[19] != '.' || decimals.Length is 0 or > 3 || !TryDigits(decimals, out millisecond)) return false;
            for (var missing = decimals.Length; missing < 3; missing++) millisecond *= 10;
        }

        if (year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month) || hour > 23 || minute > 59 || second > 59)
            return false;
        time = new DateTimeOffset(year, month, day, hour, minute, second, millisecond, TimeSpan.Zero);
        return true;
    }

    private static bool TryDigits(ReadOnlySpan<byte> utf8, out int value)
    {
        value = 0;
        foreach (var b in utf8)
        {
            if (b is < (byte)'0' or > (byte)'9') return false;
            value = value * 10 + (b - '0');
        }

        return true;
    }
}
