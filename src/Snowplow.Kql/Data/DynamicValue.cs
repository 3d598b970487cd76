using System.Globalization;
using Snowplow.Kql.Functions;

namespace Snowplow.Kql.Data;

/// <summary>What can be done with a dynamic value, or with a scalar as an object.</summary>
internal static class DynamicValue
{
    private const double TwoTo63 = 9223372036854775808.0;

    /// <summary>A scalar as it stands in a dynamic value: ints are longs.</summary>
    public static object? Of(object? scalar) => scalar is int number ? (long)number : scalar;

    /// <summary>The text of <c>tostring</c>; empty for null.</summary>
    public static string Text(object? value) => value switch
    {
        null => "",
        string text => text,
        bool b => b ? "true" : "false",
        int i => i.ToString(CultureInfo.InvariantCulture),
        long l => l.ToString(CultureInfo.InvariantCulture),
        double d => NumberText.Of(d),
        decimal m => m.ToString(CultureInfo.InvariantCulture),
        DateTime t => TimeText.Of(t),
        TimeSpan s => TimeText.Of(s),
        Guid g => g.ToString(),
        _ => DynamicJson.Text(value),
    };

    /// <summary>A property of a bag; null where there is none or it is no bag.</summary>
    public static object? Member(object? value, string name) => value is Bag bag && bag.TryGetValue(name, out var property) ? property : null;

    /// <summary>An item of an array, from the end where negative; null where there is none.</summary>
    public static object? Item(object? value, long index)
    {
        if (value is not object?[] array) return null;
        if (index < 0) index += array.Length;
        return index >= 0 && index < array.Length ? array[index] : null;
    }

    /// <summary>A number as real; null for all else.</summary>
    public static double? Real(object? value) => value switch
    {
        int i => i, long l => l, double d => d, decimal m => (double)m, bool b => b ? 1 : 0,
        string text when NumberText.TryReal(text, out var parsed) => parsed,
        _ => null,
    };

    /// <summary>A number as an integer, reals cut; null for all else.</summary>
    public static long? Long(object? value) => value switch
    {
        int i => i,
        long l => l,
        double d when d is >= long.MinValue and < TwoTo63 => (long)d,
        decimal m when m is > long.MinValue and < long.MaxValue => (long)m,
        bool b => b ? 1 : 0,
        string text when long.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var parsed) => parsed,
        string text when NumberText.TryReal(text, out var real) && real is >= long.MinValue and < TwoTo63 => (long)real,
        _ => null,
    };

    /// <summary>Whether two values are the same; numbers by value, bags whatever the order of properties.</summary>
    public static bool AreEqual(object? a, object? b) => (a, b) switch
    {
        (null, null) => true,
        (null, _) or (_, null) => false,
        (double x, double y) => x == y,
        (long or double or decimal, long or double or decimal) => CompareNumbers(a, b) == 0,
        (object?[] x, object?[] y) => x.Length == y.Length && x.Zip(y).All(pair => AreEqual(pair.First, pair.Second)),
        (Bag x, Bag y) => x.Count == y.Count && x.All(property => y.TryGetValue(property.Key, out var other) && AreEqual(property.Value, other)),
        _ => a.Equals(b),
    };

    /// <summary>Order of dynamic values: numbers, then texts, then all else; null where they do not compare.</summary>
    public static int? Compare(object? a, object? b) => (a, b) switch
    {
        (null, _) or (_, null) => null,
        (long x, long y) => x.CompareTo(y),
        (string x, string y) => string.CompareOrdinal(x, y),
        (DateTime x, DateTime y) => x.CompareTo(y),
        (TimeSpan x, TimeSpan y) => x.CompareTo(y),
        (Guid x, Guid y) => x.CompareTo(y),
        (bool x, bool y) => x.CompareTo(y),
        (long or double or decimal, long or double or decimal) => CompareNumbers(a, b),
        _ => null,
    };

    /// <summary>A number as another type where it is the same number, anything else as <see cref="To"/> has it; numbers are made of numbers alone.</summary>
    public static object? Exactly(KqlType type, object? value) => (type, value) switch
    {
        (KqlType.Bool, bool) => value,
        (KqlType.Bool, _) => null,
        (KqlType.Int or KqlType.Long, double real) when Math.Floor(real) != real => null,
        (KqlType.Int or KqlType.Long, decimal number) when decimal.Floor(number) != number => null,
        (KqlType.Int or KqlType.Long or KqlType.Real or KqlType.Decimal, not (int or long or double or decimal)) => null,
        _ => To(type, value),
    };

    private static int CompareNumbers(object a, object b) =>
        a is double || b is double ? Real(a)!.Value.CompareTo(Real(b)!.Value) : ToDecimal(a)!.Value.CompareTo(ToDecimal(b)!.Value);

    /// <summary>A value as another type, as the to-functions do it; null where it cannot be.</summary>
    public static object? To(KqlType type, object? value) => value is null ? (type == KqlType.String ? "" : null) : type switch
    {
        KqlType.Bool => value switch
        {
            bool b => b,
            long or int or double or decimal => Real(value) != 0,
            string text => bool.TryParse(text.Trim(), out var parsed) ? parsed : text is "1" ? true : text is "0" ? false : null,
            _ => null,
        },
        KqlType.Int => Long(value) is { } number and >= int.MinValue and <= int.MaxValue ? (int)number : null,
        KqlType.Long => value is DateTime time ? time.Ticks : value is TimeSpan ticks ? ticks.Ticks : Long(value),
        KqlType.Real => value is TimeSpan or DateTime ? null : Real(value),
        KqlType.Decimal => ToDecimal(value),
        KqlType.DateTime => value is DateTime ? value : value is string text && TimeText.TryDateTime(text, out var read) ? read
            : value is long count && count >= 0 && count <= DateTime.MaxValue.Ticks ? new DateTime(count, DateTimeKind.Utc) : null,
        KqlType.TimeSpan => value is TimeSpan ? value : value is string text && TimeText.TryTimeSpan(text, out var span) ? span : value is long length ? new TimeSpan(length) : null,
        KqlType.Guid => value is Guid ? value : value is string text && GuidText.TryParse(text, out var guid) ? guid : null,
        KqlType.String => Text(value),
        _ => Of(value),
    };

    private static decimal? ToDecimal(object value) => value switch
    {
        decimal m => m,
        long l => l,
        int i => i,
        bool b => b ? 1 : 0,
        double d when Math.Abs(d) < 7.9e28 => (decimal)d,
        string text => decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var parsed) ? parsed : null,
        _ => null,
    };
}
