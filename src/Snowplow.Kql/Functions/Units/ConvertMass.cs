using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Units;

/// <summary><c>convert_mass</c>: a number from one unit to another, both of masses; null for a unit that is none.</summary>
internal static class ConvertMass
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("convert_mass", 3, "A number from one unit to another, both of masses; null for a unit that is none.")
        .Try(double? (double value, string from, string to) => MassUnits.All.Convert(value, from, to));
}
