using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Units;

/// <summary><c>convert_temperature</c>: a number from one unit to another, both of temperatures; null for a unit that is none.</summary>
internal static class ConvertTemperature
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("convert_temperature", 3, "A number from one unit to another, both of temperatures; null for a unit that is none.")
        .Try(double? (double value, string from, string to) => TemperatureUnits.All.Convert(value, from, to));
}
