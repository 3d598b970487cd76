using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Units;

/// <summary><c>convert_length</c>: a number from one unit to another, both of lengths; null for a unit that is none.</summary>
internal static class ConvertLength
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("convert_length", 3, "A number from one unit to another, both of lengths; null for a unit that is none.")
        .Try(double? (double value, string from, string to) => LengthUnits.All.Convert(value, from, to));
}
