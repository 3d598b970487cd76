using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Geo;

/// <summary><c>geo_geohash_to_central_point</c>: the middle of a geohash's cell as a point in GeoJSON; null where it is none.</summary>
internal static class GeoGeohashToCentralPoint
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("geo_geohash_to_central_point", 3, "The middle of a geohash's cell as a point in GeoJSON; null where it is none.")
        .On((string geohash) => (object?)Globe.Middle(geohash));
}
