using System.Globalization;
using System.Text;

namespace Snowplow.Kql.Functions;

/// <summary>Times by formats: each run of a letter is a part, all else stands as it is.</summary>
internal static class TimeFormat
{
    /// <summary>A time by a format.</summary>
    public static string Of(DateTime time, string format) => Format(format, (letter, length) => letter switch
    {
        'y' => length <= 2 ? Number(time.Year % 100, length) : Number(time.Year, 4),
        'M' => Number(time.Month, length),
        'd' => Number(time.Day, length),
        'H' => Number(time.Hour, length),
        'h' => Number(time.Hour % 12 == 0 ? 12 : time.Hour % 12, length),
        'm' => Number(time.Minute, length),
        's' => Number(time.Second, length),
        'f' or 'F' => Fraction(time.Ticks, length, letter == 'F'),
        't' => time.Hour < 12 ? "AM" : "PM",
        _ => null,
    });

    /// <summary>A timespan by a format.</summary>
    public static string Of(TimeSpan span, string format)
    {
        var positive = span == TimeSpan.MinValue ? TimeSpan.MaxValue : span.Duration();
        return (span < TimeSpan.Zero ? "-" : "") + Format(format, (letter, length) => letter switch
        {
            'd' => Number(positive.Days, length),
            'H' or 'h' => Number(positive.Hours, length),
            'm' => Number(positive.Minutes, length),
            's' => Number(positive.Seconds, length),
            'f' or 'F' => Fraction(positive.Ticks, length, letter == 'F'),
            _ => null,
        });
    }

    private static string Format(string format, Func<char, int, string?> part)
    {
        var text = new StringBuilder();
        for (var i = 0; i < format.Length;)
        {
            var length = 1;
            while (i + length < format.Length && format[i + length] == format[i]) length++;
            text.Append(part(format[i], length) ?? new string(format[i], length));
            i += length;
        }

        return text.ToString();
    }

    private static string Number(int number, int length) => number.ToString(CultureInfo.InvariantCulture).PadLeft(Math.Min(length, 8), '0');

    private static string Fraction(long ticks, int length, bool isTrimmed)
    {
        var digits = (ticks % TimeSpan.TicksPerSecond).ToString("D7", CultureInfo.InvariantCulture)[..Math.Min(7, length)];
        return isTrimmed ? digits.TrimEnd('0') : digits;
    }
}
