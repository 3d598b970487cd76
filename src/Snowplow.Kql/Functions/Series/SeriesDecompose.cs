using Snowplow.Kql.Data;
using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Series;

/// <summary><c>series_decompose</c>: an array taken apart: baseline, what repeats, trend and residual; each a column.</summary>
internal static class SeriesDecompose
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("series_decompose", 2, "An array taken apart: baseline, what repeats, trend and residual; each a column.")
        .Row(KqlType.Dynamic, [KqlType.Dynamic], Of)
        .Row(KqlType.Dynamic, [KqlType.Dynamic, KqlType.Long], Of)
        .Row(KqlType.Dynamic, [KqlType.Dynamic, KqlType.Long, KqlType.String], Of)
        .Row(KqlType.Dynamic, [KqlType.Dynamic, KqlType.Long, KqlType.String, KqlType.Long], Of)
        .Row(KqlType.Dynamic, [KqlType.Dynamic, KqlType.Long, KqlType.String, KqlType.Long, KqlType.Real], Of);

    /// <summary>The score from which on a period that is found counts.</summary>
    public const double Threshold = 0.6;

    private static object?[]? Of(object?[] row)
    {
        var parts = Decomposition.Of(
            row[0], row.ElementAtOrDefault(1) as long? ?? Decomposition.Auto, row.ElementAtOrDefault(2) as string ?? "avg",
            row.ElementAtOrDefault(3) as long? ?? 0, row.ElementAtOrDefault(4) as double? ?? Threshold);
        return parts is null ? null : [.. new[] { parts.Baseline, parts.Seasonal, parts.Trend, parts.Residual }.Select(SeriesNumbers.ToArray)];
    }
}
