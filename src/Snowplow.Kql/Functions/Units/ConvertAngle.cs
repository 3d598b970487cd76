using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Units;

/// <summary><c>convert_angle</c>: a number from one unit to another, both of angles; null for a unit that is none.</summary>
internal static class ConvertAngle
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("convert_angle", 3, "A number from one unit to another, both of angles; null for a unit that is none.")
        .Try(double? (double value, string from, string to) => AngleUnits.All.Convert(value, from, to));
}
