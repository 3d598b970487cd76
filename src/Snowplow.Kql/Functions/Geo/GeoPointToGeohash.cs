using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Geo;

/// <summary><c>geo_point_to_geohash</c>: the geohash of a point by longitude and latitude, of 5 letters or of 1 to 18; empty where there is none.</summary>
internal static class GeoPointToGeohash
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("geo_point_to_geohash", 3, "The geohash of a point by longitude and latitude, of 5 letters or of 1 to 18; empty where there is none.")
        .On((double longitude, double latitude) => Globe.Geohash(longitude, latitude, 5))
        .On((double longitude, double latitude, long letters) => Globe.Geohash(longitude, latitude, letters));
}
