using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Units;

/// <summary>The functions of this folder.</summary>
internal static class UnitsFunctions
{
    public static readonly ScalarFunction[] All =
    [
        ConvertAngle.Function, ConvertEnergy.Function, ConvertForce.Function, ConvertLength.Function, ConvertMass.Function,
        ConvertSpeed.Function, ConvertTemperature.Function, ConvertVolume.Function,
    ];
}
