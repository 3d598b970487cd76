using System.Globalization;
using System.Numerics;
using System.Text.Json;
using Snowplow.Model.Rules.Fields;

namespace Snowplow.Model.Profiles;

/// <summary>
/// Numbers as whole billionths, so that sums are exact, do not depend on the order of their parts, and can be taken back. Of more
/// than nine decimal places the rest is rounded to even; what is beyond ±10^18 is no number.
/// </summary>
internal static class Amount
{
    private const decimal Billion = 1_000_000_000;
    private const decimal Greatest = 1_000_000_000_000_000_000;

    public static bool TryRead(FieldValue value, out Int128 billionths)
    {
        billionths = 0;
        if (value.Kind is not (ValueKind.Text or ValueKind.Number)
            || !decimal.TryParse(value.Utf8, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var number)
            || number is > Greatest or < -Greatest)
            return false;
        billionths = (Int128)(decimal.Round(number, 9) * Billion);
        return true;
    }

    public static void Write(Utf8JsonWriter json, Int128 billionths)
    {
        if (TryDecimal(billionths, out var number)) json.WriteNumberValue(number);
        else json.WriteNumberValue(ToDouble(billionths));
    }

    public static void WriteMean(Utf8JsonWriter json, Int128 billionths, long count) => json.WriteNumberValue(
        TryDecimal(billionths, out var number) ? (double)(number / count) : ToDouble(billionths) / count);

    // A decimal has 96 bits; one of a whole number by a power of ten is exact.
    private static bool TryDecimal(Int128 billionths, out decimal number)
    {
        number = 0;
        if (BitOperations.LeadingZeroCount((ulong)((UInt128)Int128.Abs(billionths) >> 64)) < 32) return false;
        number = (decimal)billionths / Billion;
        return true;
    }

    private static double ToDouble(Int128 billionths) => (double)billionths / (double)Billion;
}
