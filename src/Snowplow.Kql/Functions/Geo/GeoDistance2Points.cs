using Snowplow.Kql.Data;
using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Geo;

/// <summary><c>geo_distance_2points</c>: the shortest way between two points on a sphere as large as the Earth, in metres, by longitudes and latitudes; null where there is no such point.</summary>
internal static class GeoDistance2Points
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("geo_distance_2points", 3, "The shortest way between two points on a sphere as large as the Earth, in metres, by longitudes and latitudes; null where there is no such point.")
        .Row(KqlType.Real, [KqlType.Real, KqlType.Real, KqlType.Real, KqlType.Real], row => Of(row))
        .Row(KqlType.Real, [KqlType.Real, KqlType.Real, KqlType.Real, KqlType.Real, KqlType.Bool], row => row[4] is true
            ? throw new KqlException(KqlErrorKind.NotSupported, "not supported by the embedded engine: geo_distance_2points() on a spheroid")
            : Of(row));

    private static double? Of(object?[] row) =>
        row is [double x1, double y1, double x2, double y2, ..] && Globe.IsPoint(x1, y1) && Globe.IsPoint(x2, y2) ? Globe.Distance(x1, y1, x2, y2) : null;
}
