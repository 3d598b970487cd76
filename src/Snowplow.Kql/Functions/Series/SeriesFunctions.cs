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
        SeriesSum.Function, SeriesSign.Function, SeriesSin.Function, SeriesCos.Function, SeriesTan.Function,
        SeriesAtan.Function, SeriesAsin.Function, SeriesAcos.Function, SeriesProduct.Function, SeriesMagnitude.Function,
        SeriesDotProduct.Function, SeriesPearsonCorrelation.Function, SeriesCosineSimilarity.Function, SeriesFir.Function,
        SeriesIir.Function, SeriesFitLine.Function, SeriesFitLineDynamic.Function, SeriesFit2Lines.Function,
        SeriesFit2LinesDynamic.Function, SeriesPeriodsDetect.Function, SeriesPeriodsValidate.Function,
        SeriesSeasonal.Function, SeriesOutliers.Function, SeriesDecompose.Function, SeriesDecomposeAnomalies.Function,
        SeriesDecomposeForecast.Function, SeriesFft.Function, SeriesIfft.Function, SeriesFitPoly.Function,
    ];
}
