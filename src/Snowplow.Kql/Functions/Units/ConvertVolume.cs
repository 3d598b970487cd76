using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Units;

/// <summary><c>convert_volume</c>: a number from one unit to another, both of volumes; null for a unit that is none.</summary>
internal static class ConvertVolume
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("convert_volume", 3, "A number from one unit to another, both of volumes; null for a unit that is none.")
        .Try(double? (double value, string from, string to) => VolumeUnits.All.Convert(value, from, to));
}
