using System.Globalization;

namespace Snowplow.Kql.Functions;

/// <summary>Times as KQL writes and reads them.</summary>
internal static class TimeText
{
    private static readonly string[] Formats =
    [
        "yyyy-M-d", "yyyy-M-dTH:m", "yyyy-M-dTH:m:s", "yyyy-M-dTH:m:s.FFFFFFF", "yyyy-M-d H:m", "yyyy-M-d H:m:s", "yyyy-M-d H:m:s.FFFFFFF", "yyyy-M",
        "yyyy", "yyyyMMdd", "yyyyMMddTHHmmss", "yyyy-M-dTH", "yyyy-M-d H", "M/d/yyyy", "M/d/yyyy H:m", "M/d/yyyy H:m:s", "M/d/yyyy h:m:s tt", "yyyy/M/d",
        "yyyy/M/d H:m:s", "ddd, d MMM yyyy H:m:s", "d MMM yyyy H:m:s", "ddd, d MMM yy H:m:s", "dddd, dd-MMM-yy H:m:s", "d MMM yyyy", "ddd MMM d H:m:s yyyy",
        "yyyy-M-d h:m:s tt", "yyyy-M-d h:m tt", "d MMM yyyy H:m", "MMM d, yyyy", "MMMM d, yyyy", "d MMMM yyyy",
    ];

    private static readonly (string Unit, double Ticks)[] Units =
    [
        ("d", TimeSpan.TicksPerDay), ("day", TimeSpan.TicksPerDay), ("days", TimeSpan.TicksPerDay),
        ("h", TimeSpan.TicksPerHour), ("hr", TimeSpan.TicksPerHour), ("hrs", TimeSpan.TicksPerHour), ("hour", TimeSpan.TicksPerHour), ("hours", TimeSpan.TicksPerHour),
        ("m", TimeSpan.TicksPerMinute), ("min", TimeSpan.TicksPerMinute), ("minute", TimeSpan.TicksPerMinute), ("minutes", TimeSpan.TicksPerMinute),
        ("s", TimeSpan.TicksPerSecond), ("sec", TimeSpan.TicksPerSecond), ("second", TimeSpan.TicksPerSecond), ("seconds", TimeSpan.TicksPerSecond),
        ("ms", TimeSpan.TicksPerMillisecond), ("milli", TimeSpan.TicksPerMillisecond), ("millis", TimeSpan.TicksPerMillisecond),
        ("millisec", TimeSpan.TicksPerMillisecond), ("millisecond", TimeSpan.TicksPerMillisecond), ("milliseconds", TimeSpan.TicksPerMillisecond),
        ("micro", TimeSpan.TicksPerMicrosecond), ("micros", TimeSpan.TicksPerMicrosecond), ("microsec", TimeSpan.TicksPerMicrosecond),
        ("microsecond", TimeSpan.TicksPerMicrosecond), ("microseconds", TimeSpan.TicksPerMicrosecond),
        ("nano", 0.01), ("nanos", 0.01), ("nanosecond", 0.01), ("nanoseconds", 0.01), ("tick", 1), ("ticks", 1),
    ];

    /// <summary><c>2017-10-15T12:00:00.0000000Z</c>.</summary>
    public static string Of(DateTime time) => time.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture);

    /// <summary><c>[-][d.]hh:mm:ss[.fffffff]</c>.</summary>
    public static string Of(TimeSpan span) => span.ToString("c", CultureInfo.InvariantCulture);

    /// <summary>A number with a unit: <c>1.5h</c>, <c>15 seconds</c>.</summary>
    public static bool TryTimeSpanWithUnit(ReadOnlySpan<char> text, out TimeSpan span)
    {
        span = default;
        var unit = text.TrimStart("+-0123456789.");
        var number = text[..(text.Length - unit.Length)];
        if (unit.IsEmpty || !double.TryParse(number, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var count)) return false;
        unit = unit.Trim();
        foreach (var (name, ticks) in Units)
        {
            if (!unit.SequenceEqual(name)) continue;
            var exact = decimal.TryParse(number, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
                ? (double)(value * (decimal)ticks)
                : count * ticks;
            if (Math.Abs(exact) >= long.MaxValue) return false;
            span = new TimeSpan((long)exact);
            return true;
        }

        return false;
    }

    /// <summary>A timespan as text: <c>[-][d.]hh:mm[:ss[.fffffff]]</c>, or with a unit.</summary>
    public static bool TryTimeSpan(ReadOnlySpan<char> text, out TimeSpan span)
    {
        text = text.Trim();
        return (text.Contains(':') && TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out span)) || TryTimeSpanWithUnit(text, out span)
            || (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var days) && TryDays(days, out span));
    }

    /// <summary>What stands in <c>timespan(…)</c>; a bare number is days.</summary>
    public static bool TryTimeSpanLiteral(string text, out TimeSpan span) => TryTimeSpan(text, out span)
        || (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var days) && TryDays(days, out span));

    /// <summary>ISO 8601 first, then RFC 822 and 850; UTC where no zone is given.</summary>
    public static bool TryDateTime(ReadOnlySpan<char> text, out DateTime time)
    {
        const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal | DateTimeStyles.AllowWhiteSpaces;
        text = text.Trim();
        if (text.EndsWith("Z", StringComparison.OrdinalIgnoreCase) || text.EndsWith("GMT", StringComparison.Ordinal) || text.EndsWith("UTC", StringComparison.Ordinal))
            text = text[..(text.Length - (text[^1] is 'Z' or 'z' ? 1 : 3))].TrimEnd();
        if (DateTime.TryParseExact(text, Formats, CultureInfo.InvariantCulture, Utc, out time)) return true;
        var zone = text.LastIndexOfAny('+', '-');
        return zone > 8 && DateTime.TryParseExact(text[..zone].TrimEnd(), Formats, CultureInfo.InvariantCulture, Utc, out time)
            && TryZone(text[(zone + 1)..], out var offset) && TryAdd(ref time, text[zone] == '+' ? -offset : offset);
    }

    /// <summary>What stands in <c>datetime(…)</c>: blanks within and commas between the numbers of the date do no harm.</summary>
    public static bool TryDateTimeLiteral(string text, out DateTime time) =>
        TryDateTime(text, out time)
        || TryDateTime(text.Replace(" - ", "-", StringComparison.Ordinal), out time)
        || TryDateTime(text.Replace(", ", "-", StringComparison.Ordinal), out time);

    private static bool TryDays(double days, out TimeSpan span)
    {
        span = default;
        if (!(Math.Abs(days) <= TimeSpan.MaxValue.TotalDays - 1)) return false;
        span = new TimeSpan((long)(days * TimeSpan.TicksPerDay));
        return true;
    }

    private static bool TryZone(ReadOnlySpan<char> text, out TimeSpan offset)
    {
        offset = default;
        if (text.Length == 4 && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            offset = new TimeSpan(number / 100, number % 100, 0);
        else if (text.Length is 2 && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number))
            offset = new TimeSpan(number, 0, 0);
        else if (!(text.Length == 5 && text[2] == ':' && TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out offset)))
            return false;
        return true;
    }

    private static bool TryAdd(ref DateTime time, TimeSpan offset)
    {
        var ticks = time.Ticks + offset.Ticks;
        if (ticks < 0 || ticks > DateTime.MaxValue.Ticks) return false;
        time = new DateTime(ticks, DateTimeKind.Utc);
        return true;
    }
}
