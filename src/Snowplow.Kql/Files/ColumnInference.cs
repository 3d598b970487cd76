using System.Buffers.Text;
using System.Globalization;
using Snowplow.Kql.Data;
using Snowplow.Kql.Functions;

namespace Snowplow.Kql.Files;

/// <summary>
/// Finds the type of a column of texts: bool, long, real, datetime or guid where all texts but empty ones are such, else string. A number with a
/// leading zero or too long for a long is a text, as codes are.
/// </summary>
internal static class ColumnInference
{
    /// <summary>The column as the type that its texts have.</summary>
    public static Column Infer(StringColumn texts)
    {
        foreach (var type in (KqlType[])[KqlType.Bool, KqlType.Long, KqlType.Real, KqlType.DateTime, KqlType.Guid])
            if (Converted(texts, type, isStrict: true) is { } column) return column;
        return texts;
    }

    /// <summary>The column as a type; texts that are none are null. Null where <paramref name="isStrict"/> and a text is none, or all are empty.</summary>
    public static Column? Converted(StringColumn texts, KqlType type, bool isStrict)
    {
        if (type == KqlType.String) return texts;
        // Each different text is read once.
        var pool = texts.Pool;
        var values = new object?[pool.Count];
        var isEmpty = true;
        for (var i = 0; i < values.Length; i++)
        {
            if (pool[i].IsEmpty) continue;
            values[i] = Parse(pool[i], type, isStrict);
            if (values[i] is null && isStrict) return null;
            isEmpty = false;
        }

        return isEmpty && isStrict ? null : Columns.Of(type, values).Take(texts.Codes);
    }

    /// <summary>The value of a text that is not empty; null where it is none.</summary>
    public static object? Parse(ReadOnlySpan<byte> utf8, KqlType type, bool isStrict)
    {
        switch (type)
        {
            case KqlType.Bool: return Utf8Parser.TryParse(utf8, out bool flag, out var length) && length == utf8.Length ? flag : isStrict ? null : DynamicValue.To(type, Text(utf8));
            case KqlType.Long:
                if (isStrict && utf8.Length > 1 && Digits(utf8)[0] == '0') return null;
                return long.TryParse(utf8, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;
            case KqlType.Real:
                if (isStrict && IsCode(Digits(utf8))) return null;
                return double.TryParse(utf8, NumberStyles.Float, CultureInfo.InvariantCulture, out var real) ? real : null;
            case KqlType.DateTime: return utf8.Length is >= 10 and < 40 && TimeText.TryDateTime(Text(utf8), out var time) ? time : null;
            case KqlType.Guid: return utf8.Length == 36 && Guid.TryParse(utf8, out var guid) ? guid : null;
            default: return type == KqlType.Dynamic ? DynamicJson.Parse(Text(utf8)) : DynamicValue.To(type, Text(utf8));
        }
    }

    private static ReadOnlySpan<byte> Digits(ReadOnlySpan<byte> utf8) => utf8.Length > 1 && utf8[0] is (byte)'-' or (byte)'+' ? utf8[1..] : utf8;

    // Real would lose what tells such texts apart: leading zeros, and digits beyond those of a long.
    private static bool IsCode(ReadOnlySpan<byte> digits) =>
        (digits.Length > 1 && digits[0] == '0' && digits[1] is >= (byte)'0' and <= (byte)'9')
        || (!digits.ContainsAnyExceptInRange((byte)'0', (byte)'9') && !long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out _));

    private static string Text(ReadOnlySpan<byte> utf8) => System.Text.Encoding.UTF8.GetString(utf8);
}
