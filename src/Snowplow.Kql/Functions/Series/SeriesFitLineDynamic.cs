using Snowplow.Kql.Data;
using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Series;

/// <summary><c>series_fit_line_dynamic</c>: the line through the numbers of an array with the least squares, in a bag.</summary>
internal static class SeriesFitLineDynamic
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("series_fit_line_dynamic", 2, "The line through the numbers of an array with the least squares, in a bag.")
        .Row(KqlType.Dynamic, [KqlType.Dynamic], row => LineFit.Describe(row[0]));
}
