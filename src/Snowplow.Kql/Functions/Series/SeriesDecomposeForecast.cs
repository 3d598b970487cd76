using Snowplow.Kql.Data;
using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Series;

/// <summary><c>series_decompose_forecast</c>: the baseline of series_decompose, learned without the last so many numbers of an array, with a line as the trend unless another is given.</summary>
internal static class SeriesDecomposeForecast
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("series_decompose_forecast", 2, "The baseline of series_decompose, learned without the last so many numbers of an array, with a line as the trend unless another is given.")
        .Row(KqlType.Dynamic, [KqlType.Dynamic, KqlType.Long], Of)
        .Row(KqlType.Dynamic, [KqlType.Dynamic, KqlType.Long, KqlType.Long], Of)
        .Row(KqlType.Dynamic, [KqlType.Dynamic, KqlType.Long, KqlType.Long, KqlType.String], Of)
        .Row(KqlType.Dynamic, [KqlType.Dynamic, KqlType.Long, KqlType.Long, KqlType.String, KqlType.Real], Of);

    private static object? Of(object?[] row)
    {
        if (row[1] is not long points) return null;
        var parts = Decomposition.Of(
            row[0], row.ElementAtOrDefault(2) as long? ?? Decomposition.Auto, row.ElementAtOrDefault(3) as string ?? "linefit",
            points, row.ElementAtOrDefault(4) as double? ?? SeriesDecompose.Threshold);
        return parts is null ? null : SeriesNumbers.ToArray(parts.Baseline);
    }
}
