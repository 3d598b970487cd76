using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Units;

/// <summary><c>convert_energy</c>: a number from one unit to another, both of energies; null for a unit that is none.</summary>
internal static class ConvertEnergy
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("convert_energy", 3, "A number from one unit to another, both of energies; null for a unit that is none.")
        .Try(double? (double value, string from, string to) => EnergyUnits.All.Convert(value, from, to));
}
