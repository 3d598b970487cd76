using System.Globalization;

namespace Snowplow.Kql.Functions;

/// <summary>Calendar arithmetic; null where a time would be before year 1 or after 9999.</summary>
internal static class TimeMath
{
    /// <summary>The time of ticks.</summary>
    public static DateTime? Of(Int128 ticks) => ticks < 0 || ticks > DateTime.MaxValue.Ticks ? null : new DateTime((long)ticks);

    /// <summary>The time of ticks since 1970.</summary>
    public static DateTime? Unix(decimal ticks) => Math.Abs(ticks) > long.MaxValue / 2 ? null : Of((Int128)DateTime.UnixEpoch.Ticks + (long)Math.Floor(ticks));

    /// <summary>A time of numbers.</summary>
    public static DateTime? Make(long year, long month, long day, long hour, long minute, double second)
    {
        if (year is < 1 or > 9999 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth((int)year, (int)month)) return null;
        if (hour is < 0 or > 23 || minute is < 0 or > 59 || second is not (>= 0 and < 60)) return null;
        return new DateTime((int)year, (int)month, (int)day, (int)hour, (int)minute, 0).AddTicks((long)(second * TimeSpan.TicksPerSecond));
    }

    /// <summary>A time and a number of parts.</summary>
    public static DateTime? Add(DateTime time, string part, long amount)
    {
        if (amount is > long.MaxValue / 2 or < long.MinValue / 2) return null;
        return part.ToLowerInvariant() switch
        {
            "year" => Months(time, 12 * (Int128)amount),
            "quarter" => Months(time, 3 * (Int128)amount),
            "month" => Months(time, amount),
            "nanosecond" => Of(time.Ticks + (Int128)(amount / 100)),
            var other => TicksOf(other) is { } ticks ? Of(time.Ticks + ((Int128)amount * ticks)) : null,
        };
    }

    /// <summary>The start of the part that a time is in, moved.</summary>
    public static DateTime? StartOf(DateTime time, string part, long offset) => part switch
    {
        "year" => Add(new DateTime(time.Year, 1, 1), "year", offset),
        "month" => Add(new DateTime(time.Year, time.Month, 1), "month", offset),
        "week" => Of((Int128)time.Date.Ticks + ((((Int128)offset * 7) - (int)time.DayOfWeek) * TimeSpan.TicksPerDay)),
        _ => Add(time.Date, "day", offset),
    };

    /// <summary>The last tick of the part that a time is in, moved.</summary>
    public static DateTime? EndOf(DateTime time, string part, long offset) =>
        StartOf(time, part, offset) is { } start ? Add(start, part, 1) is { } end ? end.AddTicks(-1) : DateTime.MaxValue : null;

    /// <summary>How many bounds of a part lie between two times.</summary>
    public static long? Bounds(string part, DateTime a, DateTime b) => part.ToLowerInvariant() switch
    {
        "year" => a.Year - b.Year,
        "quarter" => (((a.Year * 4) + ((a.Month - 1) / 3)) - ((b.Year * 4) + ((b.Month - 1) / 3))),
        "month" => ((a.Year * 12) + a.Month) - ((b.Year * 12) + b.Month),
        // Weeks begin on Sunday, and day one was a Monday.
        "week" => Weeks(a) - Weeks(b),
        "nanosecond" => (a.Ticks - b.Ticks) * 100,
        var other => TicksOf(other) is { } ticks ? (a.Ticks / ticks) - (b.Ticks / ticks) : null,
    };

    /// <summary>A part of a time.</summary>
    public static int? Part(string part, DateTime time) => part.ToLowerInvariant() switch
    {
        "year" => time.Year,
        "quarter" => ((time.Month - 1) / 3) + 1,
        "month" => time.Month,
        "week_of_year" or "weekofyear" => ISOWeek.GetWeekOfYear(time),
        "day" => time.Day,
        "dayofyear" => time.DayOfYear,
        "hour" => time.Hour,
        "minute" => time.Minute,
        "second" => time.Second,
        "millisecond" => (int)(time.Ticks % TimeSpan.TicksPerSecond / TimeSpan.TicksPerMillisecond),
        "microsecond" => (int)(time.Ticks % TimeSpan.TicksPerSecond / TimeSpan.TicksPerMicrosecond),
        "nanosecond" => (int)(time.Ticks % TimeSpan.TicksPerSecond * 100),
        _ => null,
    };

    private static long Weeks(DateTime time) => ((time.Ticks / TimeSpan.TicksPerDay) + 1) / 7;

    private static DateTime? Months(DateTime time, Int128 months)
    {
        var month = (time.Year * (Int128)12) + time.Month - 1 + months;
        if (month < 12 || month >= 10_000 * 12) return null;
        return time.AddMonths((int)months);
    }

    private static long? TicksOf(string part) => part switch
    {
        "week" => 7 * TimeSpan.TicksPerDay,
        "day" => TimeSpan.TicksPerDay,
        "hour" => TimeSpan.TicksPerHour,
        "minute" => TimeSpan.TicksPerMinute,
        "second" => TimeSpan.TicksPerSecond,
        "millisecond" => TimeSpan.TicksPerMillisecond,
        "microsecond" => TimeSpan.TicksPerMicrosecond,
        _ => null,
    };
}
