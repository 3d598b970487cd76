using Snowplow.Kql.Data;
using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Series;

/// <summary><c>series_cosine_similarity</c>: the cosine of the angle between two arrays, whose magnitudes may be given; null where an array is empty.</summary>
internal static class SeriesCosineSimilarity
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("series_cosine_similarity", 2, "The cosine of the angle between two arrays, whose magnitudes may be given; null where an array is empty.")
        .Row(KqlType.Real, [KqlType.Dynamic, KqlType.Dynamic], row => Of(row, null, null))
        .Row(KqlType.Real, [KqlType.Dynamic, KqlType.Dynamic, KqlType.Real], row => Of(row, row[2] as double?, null))
        .Row(KqlType.Real, [KqlType.Dynamic, KqlType.Dynamic, KqlType.Real, KqlType.Real], row => Of(row, row[2] as double?, row[3] as double?));

    private static double? Of(object?[] row, double? magnitudeA, double? magnitudeB) => SeriesPairs.Of(row[0], row[1]) is { } pairs
        ? pairs.Sum(pair => pair.A * pair.B) / ((magnitudeA ?? Math.Sqrt(pairs.Sum(pair => pair.A * pair.A))) * (magnitudeB ?? Math.Sqrt(pairs.Sum(pair => pair.B * pair.B))))
        : null;
}
