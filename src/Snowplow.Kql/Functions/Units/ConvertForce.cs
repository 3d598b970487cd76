using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Units;

/// <summary><c>convert_force</c>: a number from one unit to another, both of forces; null for a unit that is none.</summary>
internal static class ConvertForce
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("convert_force", 3, "A number from one unit to another, both of forces; null for a unit that is none.")
        .Try(double? (double value, string from, string to) => ForceUnits.All.Convert(value, from, to));
}
