using Snowplow.Kql.Data;
using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Series;

/// <summary><c>series_fit_2lines_dynamic</c>: the two lines through the parts of an array, cut where they have the least squares, in a bag.</summary>
internal static class SeriesFit2LinesDynamic
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("series_fit_2lines_dynamic", 2, "The two lines through the parts of an array, cut where they have the least squares, in a bag.")
        .Row(KqlType.Dynamic, [KqlType.Dynamic], row => TwoLineFit.Describe(row[0]));
}
