namespace Snowplow.Enrich.JsonSchema;

/// <summary><c>date</c> and <c>date-time</c> as in RFC 3339 §5.6, leap seconds included.</summary>
internal static class DateTimeFormat
{
    private const int MinutesPerDay = 24 * 60;

    /// <summary><c>2025-01-31</c>.</summary>
    public static bool IsDate(ReadOnlySpan<byte> text) =>
        text.Length == 10 && text[4] == '-' && text[7] == '-'
        && TryRead(text[..4], out var year) && TryRead(text[5..7], out var month) && TryRead(text[8..], out var day)
        && month is >= 1 and <= 12
        && day >= 1 && day <= DaysInMonth(year, month);

    /// <summary><c>2025-01-31T12:30:00.123+01:00</c>.</summary>
    public static bool IsDateTime(ReadOnlySpan<byte> text)
    {
        if (text.Length < 20 || !IsDate(text[..10]) || (text[10] | 0x20) != 't' || text[13] != ':' || text[16] != ':')
            return false;
        if (!TryRead(text[11..13], out var hour) || !TryRead(text[14..16], out var minute) || !TryRead(text[17..19], out var second))
            return false;
        if (hour > 23 || minute > 59 || second > 60)
            return false;

        var rest = text[19..];
        if (rest[0] == '.')
        {
            var end = rest[1..].IndexOfAnyExceptInRange((byte)'0', (byte)'9');
            if (end < 1)
                return false;
            rest = rest[(end + 1)..];
        }

        return TryReadOffset(rest, out var offsetMinutes)
            && (second < 60 || IsLastMinuteOfDay(hour * 60 + minute - offsetMinutes));
    }

    /// <summary>A leap second only ever ends a day of UTC.</summary>
    private static bool IsLastMinuteOfDay(int minuteUtc) =>
        (minuteUtc + 2 * MinutesPerDay) % MinutesPerDay == MinutesPerDay - 1;

    private static bool TryReadOffset(ReadOnlySpan<byte> text, out int minutes)
    {
        minutes = 0;
        if (text is [(byte)'Z' or (byte)'z'])
            return true;
        if (text is not [(byte)'+' or (byte)'-', _, _, (byte)':', _, _])
            return false;
        if (!TryRead(text[1..3], out var hour) || !TryRead(text[4..], out var minute) || hour > 23 || minute > 59)
            return false;

        minutes = (hour * 60 + minute) * (text[0] == '-' ? -1 : 1);
        return true;
    }

    private static bool TryRead(ReadOnlySpan<byte> digits, out int number)
    {
        number = 0;
        foreach (var digit in digits)
        {
            if (digit is < (byte)'0' or > (byte)'9')
                return false;
            number = number * 10 + (digit - '0');
        }

        return true;
    }

    private static int DaysInMonth(int year, int month) => month switch
    {
        2 => year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28,
        4 or 6 or 9 or 11 => 30,
        _ => 31,
    };
}
