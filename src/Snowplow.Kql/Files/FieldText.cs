using System.Buffers.Text;
using Snowplow.Kql.Data;

namespace Snowplow.Kql.Files;

/// <summary>Reads fields of files as the type of their column; a field that is none has no value. Usual forms are read in place, without garbage.</summary>
public static class FieldText
{
    /// <summary>A bool: <c>true</c>, <c>false</c>, <c>1</c>, <c>0</c> and what else <c>tobool</c> takes.</summary>
    public static bool TryBool(ReadOnlySpan<byte> utf8, out bool value)
    {
        value = utf8 is [(byte)'1'];
        return utf8.Length == 1 && utf8[0] is (byte)'0' or (byte)'1' || TrySlowly(utf8, KqlType.Bool, out value);
    }

    /// <summary>An int.</summary>
    public static bool TryInt(ReadOnlySpan<byte> utf8, out int value) =>
        (Utf8Parser.TryParse(utf8, out value, out var length) && length == utf8.Length) || TrySlowly(utf8, KqlType.Int, out value);

    /// <summary>A long.</summary>
    public static bool TryLong(ReadOnlySpan<byte> utf8, out long value) =>
        (Utf8Parser.TryParse(utf8, out value, out var length) && length == utf8.Length) || TrySlowly(utf8, KqlType.Long, out value);

    /// <summary>A real.</summary>
    public static bool TryReal(ReadOnlySpan<byte> utf8, out double value) => TryUnboxed(ColumnInference.Parse(utf8, KqlType.Real, isStrict: false), out value);

    /// <summary>A decimal, with the places that are written.</summary>
    public static bool TryDecimal(ReadOnlySpan<byte> utf8, out decimal value) =>
        (Utf8Parser.TryParse(utf8, out value, out var length) && length == utf8.Length) || TrySlowly(utf8, KqlType.Decimal, out value);

    /// <summary>A guid.</summary>
    public static bool TryGuid(ReadOnlySpan<byte> utf8, out Guid value) => TrySlowly(utf8, KqlType.Guid, out value);

    /// <summary>A timespan, in ticks.</summary>
    public static bool TryTimeSpan(ReadOnlySpan<byte> utf8, out long ticks)
    {
        var isOne = TrySlowly<TimeSpan>(utf8, KqlType.TimeSpan, out var span);
        ticks = span.Ticks;
        return isOne;
    }

    /// <summary>A datetime, in ticks.</summary>
    public static bool TryDateTime(ReadOnlySpan<byte> utf8, out long ticks)
    {
        if (TryIso(utf8, out ticks)) return true;
        var isOne = TrySlowly<DateTime>(utf8, KqlType.DateTime, out var time);
        ticks = time.Ticks;
        return isOne;
    }

    // yyyy-MM-dd, T or a blank, HH:mm:ss, up to seven digits of a fraction, perhaps Z.
    private static bool TryIso(ReadOnlySpan<byte> utf8, out long ticks)
    {
        ticks = 0;
        if (utf8.Length < 19 || utf8[4] != '-' || utf8[7] != '-' || utf8[10] is not ((byte)' ' or (byte)'T') || utf8[13] != ':' || utf8[16] != ':') return false;
        if (!TryDigits(utf8[..4], out var year) || !TryDigits(utf8.Slice(5, 2), out var month) || !TryDigits(utf8.Slice(8, 2), out var day)
            || !TryDigits(utf8.Slice(11, 2), out var hour) || !TryDigits(utf8.Slice(14, 2), out var minute) || !TryDigits(utf8.Slice(17, 2), out var second)) return false;
        if (year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month) || hour > 23 || minute > 59 || second > 59) return false;
        var rest = utf8[19..];
        if (rest is [.., (byte)'Z']) rest = rest[..^1];
        var fraction = 0;
        if (!rest.IsEmpty)
        {
            if (rest[0] != '.' || rest.Length is 1 or > 8 || !TryDigits(rest[1..], out fraction)) return false;
            for (var missing = rest.Length; missing < 8; missing++) fraction *= 10;
        }

        ticks = new DateTime(year, month, day, hour, minute, second).Ticks + fraction;
        return true;
    }

    private static bool TryDigits(ReadOnlySpan<byte> utf8, out int value)
    {
        value = 0;
        foreach (var b in utf8)
        {
            if (b is < (byte)'0' or > (byte)'9') return false;
            value = (value * 10) + (b - '0');
        }

        return true;
    }

    private static bool TrySlowly<T>(ReadOnlySpan<byte> utf8, KqlType type, out T value)
        where T : struct => TryUnboxed(utf8.IsEmpty ? null : ColumnInference.Parse(utf8, type, isStrict: false), out value);

    private static bool TryUnboxed<T>(object? boxed, out T value)
        where T : struct
    {
        value = boxed is T unboxed ? unboxed : default;
        return boxed is T;
    }
}
