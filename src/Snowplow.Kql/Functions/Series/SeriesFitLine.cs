using Snowplow.Kql.Data;
using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Series;

/// <summary><c>series_fit_line</c>: the line through the numbers of an array with the least squares; each of its properties a column.</summary>
internal static class SeriesFitLine
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("series_fit_line", 2, "The line through the numbers of an array with the least squares; each of its properties a column.")
        .Row(KqlType.Dynamic, [KqlType.Dynamic], row => LineFit.Describe(row[0])?.Values.ToArray());
}
