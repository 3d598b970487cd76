using Snowplow.Kql.Data;
using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Series;

/// <summary><c>series_ifft</c>: the series of a Fourier transform: real and imaginary parts, each a column. Null where an item is no number.</summary>
internal static class SeriesIfft
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("series_ifft", 2, "The series of a Fourier transform: real and imaginary parts, each a column. Null where an item is no number.")
        .Row(KqlType.Dynamic, [KqlType.Dynamic], row => SeriesMath.Transform(row[0], null, isBack: true))
        .Row(KqlType.Dynamic, [KqlType.Dynamic, KqlType.Dynamic], row => row[1] is null ? null : SeriesMath.Transform(row[0], row[1], isBack: true));
}
