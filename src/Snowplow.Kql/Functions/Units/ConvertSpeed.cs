using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Units;

/// <summary><c>convert_speed</c>: a number from one unit to another, both of speeds; null for a unit that is none.</summary>
internal static class ConvertSpeed
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("convert_speed", 3, "A number from one unit to another, both of speeds; null for a unit that is none.")
        .Try(double? (double value, string from, string to) => SpeedUnits.All.Convert(value, from, to));
}
