using Snowplow.Kql.Data;
using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Geo;

/// <summary><c>geo_point_in_circle</c>: whether a point is within so many metres of another, by longitudes and latitudes; null where there is no such point or radius.</summary>
internal static class GeoPointInCircle
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("geo_point_in_circle", 3, "Whether a point is within so many metres of another, by longitudes and latitudes; null where there is no such point or radius.")
        .Row(KqlType.Bool, [KqlType.Real, KqlType.Real, KqlType.Real, KqlType.Real, KqlType.Real], row => Of(row));

    private static bool? Of(object?[] row) =>
        row is [double x1, double y1, double x2, double y2, double and > 0 and var radius] && Globe.IsPoint(x1, y1) && Globe.IsPoint(x2, y2) ? Globe.Distance(x1, y1, x2, y2) <= radius : null;
}
