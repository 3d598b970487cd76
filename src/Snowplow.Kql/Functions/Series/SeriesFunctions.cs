using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Series;

/// <summary>The functions of this folder.</summary>
internal static class SeriesFunctions
{
    public static readonly ScalarFunction[] All =
    [
        SeriesAdd.Function, SeriesSubtract.Function, SeriesMultiply.Function, SeriesDivide.Function, SeriesPow.Function,
        SeriesEquals.Function, SeriesNotEquals.Function, SeriesGreater.Function, SeriesGreaterEquals.Function,
        SeriesLess.Function, SeriesLessEquals.Function, SeriesExp.Function, SeriesFloor.Function, SeriesCeiling.Function,
        SeriesAbs.Function, SeriesLog.Function, SeriesFillForward.Function, SeriesFillBackward.Function,
        SeriesFillConst.Function, SeriesFillLinear.Function, SeriesStats.Function, SeriesStatsDynamic.Function,
        SeriesSum.Function,
    ];
}
