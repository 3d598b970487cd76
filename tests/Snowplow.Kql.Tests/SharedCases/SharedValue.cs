using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Snowplow.Kql.Data;
using Snowplow.Kql.Functions;

namespace Snowplow.Kql.Tests.SharedCases;

/// <summary>Compares a value with its encoding in the collection.</summary>
internal static partial class SharedValue
{
    public static bool IsSame(JsonElement expected, object? value, string type, double tolerance)
    {
        if (type == "string") return Blanks(expected.ValueKind == JsonValueKind.Null ? "" : expected.GetString()!) == Blanks((string?)value ?? "");
        if (expected.ValueKind == JsonValueKind.Null || value is null) return expected.ValueKind == JsonValueKind.Null && value is null;
        return type switch
        {
            "decimal" => decimal.Parse(expected.ToString(), NumberStyles.Float, CultureInfo.InvariantCulture) == (decimal)value,
            "datetime" => TimeText.TryDateTime(expected.GetString(), out var time) && time == (DateTime)value,
            "timespan" => TimeText.TryTimeSpan(expected.GetString(), out var span) && span == (TimeSpan)value,
            "guid" => Guid.Parse(expected.GetString()!) == (Guid)value,
            _ => IsSameDynamic(expected, value, tolerance),
        };
    }

    private static bool IsSameDynamic(JsonElement expected, object? value, double tolerance) => (expected.ValueKind, value) switch
    {
        (JsonValueKind.Null, null) => true,
        (JsonValueKind.Number, int or long) when expected.TryGetInt64(out var number) => number == Convert.ToInt64(value, CultureInfo.InvariantCulture),
        (JsonValueKind.Number, int or long or double or decimal) => IsNear(expected.GetDouble(), DynamicValue.Real(value)!.Value, tolerance),
        (JsonValueKind.String, double real) => NumberText.Of(real) == expected.GetString(),
        (JsonValueKind.String, DateTime time) => TimeText.TryDateTime(expected.GetString(), out var parsed) && parsed == time,
        (JsonValueKind.String, not null) => DynamicValue.Text(value) == expected.GetString(),
        (JsonValueKind.True or JsonValueKind.False, bool flag) => flag == expected.GetBoolean(),
        (JsonValueKind.Array, object?[] items) => items.Length == expected.GetArrayLength() && expected.EnumerateArray().Zip(items).All(pair => IsSameDynamic(pair.First, pair.Second, tolerance)),
        (JsonValueKind.Object, Bag bag) => bag.Count == expected.EnumerateObject().Count()
            && expected.EnumerateObject().All(property => bag.TryGetValue(property.Name, out var own) && IsSameDynamic(property.Value, own, tolerance)),
        _ => false,
    };

    private static bool IsNear(double a, double b, double tolerance) => a == b || Math.Abs(a - b) <= Math.Max(tolerance * Math.Max(Math.Abs(a), Math.Abs(b)), tolerance * 1e-3);

    private static string Blanks(string text) => BlankRun().Replace(text, " ").Trim();

    [GeneratedRegex(@"\s+")]
    private static partial Regex BlankRun();
}
