using Snowplow.Kql.Data;
using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Series;

/// <summary><c>series_fit_2lines</c>: the two lines through the parts of an array, cut where they have the least squares; each of their properties a column.</summary>
internal static class SeriesFit2Lines
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("series_fit_2lines", 2, "The two lines through the parts of an array, cut where they have the least squares; each of their properties a column.")
        .Row(KqlType.Dynamic, [KqlType.Dynamic], row => TwoLineFit.Describe(row[0])?.Values.SelectMany(value => (value as Bag)?.Values.ToArray() ?? [value]).ToArray());
}
