using Snowplow.Kql.Data;
using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Series;

/// <summary><c>series_decompose_anomalies</c>: the anomalies of an array: 1, -1 or 0 as the residual of series_decompose is beyond a threshold (1.5), its score by series_outliers, and the baseline.</summary>
internal static class SeriesDecomposeAnomalies
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("series_decompose_anomalies", 2, "The anomalies of an array: 1, -1 or 0 as the residual of series_decompose is beyond a threshold (1.5), its score by series_outliers, and the baseline; each a column.")
        .Row(KqlType.Dynamic, [KqlType.Dynamic], Of)
        .Row(KqlType.Dynamic, [KqlType.Dynamic, KqlType.Real], Of)
        .Row(KqlType.Dynamic, [KqlType.Dynamic, KqlType.Real, KqlType.Long], Of)
        .Row(KqlType.Dynamic, [KqlType.Dynamic, KqlType.Real, KqlType.Long, KqlType.String], Of)
        .Row(KqlType.Dynamic, [KqlType.Dynamic, KqlType.Real, KqlType.Long, KqlType.String, KqlType.Long], Of)
        .Row(KqlType.Dynamic, [KqlType.Dynamic, KqlType.Real, KqlType.Long, KqlType.String, KqlType.Long, KqlType.String], Of)
        .Row(KqlType.Dynamic, [KqlType.Dynamic, KqlType.Real, KqlType.Long, KqlType.String, KqlType.Long, KqlType.String, KqlType.Real], Of);

    private static object?[]? Of(object?[] row)
    {
        var testPoints = row.ElementAtOrDefault(4) as long? ?? 0;
        var parts = Decomposition.Of(
            row[0], row.ElementAtOrDefault(2) as long? ?? Decomposition.Auto, row.ElementAtOrDefault(3) as string ?? "avg",
            testPoints, row.ElementAtOrDefault(6) as double? ?? SeriesDecompose.Threshold);
        if (parts is null) return null;
        var threshold = row.ElementAtOrDefault(1) as double? ?? 1.5;
        var scores = Outliers.Scores(parts.Residual, parts.Residual.Length - (int)testPoints, row.ElementAtOrDefault(5) as string ?? "ctukey", 10, 90);
        var flags = Array.ConvertAll(scores, score => (object?)(score > threshold ? 1L : score < -threshold ? -1L : 0L));
        return [flags, SeriesNumbers.ToArray(scores), SeriesNumbers.ToArray(parts.Baseline)];
    }
}
