using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Geo;

/// <summary>The functions of this folder.</summary>
internal static class GeoFunctions
{
    public static readonly ScalarFunction[] All =
    [
        GeoDistance2Points.Function, GeoPointInCircle.Function, GeoPointToGeohash.Function,
        GeoGeohashToCentralPoint.Function,
    ];
}
