using System.Globalization;
using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Strings;

/// <summary><c>format_bytes</c>: a number of bytes with a unit.</summary>
internal static class FormatBytes
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("format_bytes", 2, "A number of bytes with a unit.")
        .NamedBy(NameRule.FirstArgument)
        .On((double value) => Format(value, 0, null))
        .On((double value, long digits) => Format(value, digits, null))
        .On((double value, long digits, string unit) => Format(value, digits, unit));

    private static readonly string[] Units = ["Bytes", "KB", "MB", "GB", "TB", "PB", "EB"];

    private static string Format(double value, long digits, string? unit)
    {
        var power = unit is null ? 0 : Math.Max(0, Array.IndexOf(Units, unit));
        if (unit is null)
        {
            while (power < Units.Length - 1 && Math.Abs(value) >= Math.Pow(1024, power + 1)) power++;
        }

        var scaled = Math.Round(value / Math.Pow(1024, power), (int)Math.Clamp(digits, 0, 15));
        return $"{scaled.ToString("0.###############", CultureInfo.InvariantCulture)} {Units[power]}";
    }
}
