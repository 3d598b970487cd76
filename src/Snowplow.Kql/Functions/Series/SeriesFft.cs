using Snowplow.Kql.Data;
using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Series;

/// <summary><c>series_fft</c>: the Fourier transform of an array, or of one with imaginary parts: real and imaginary parts, each a column. Null where an item is no number.</summary>
internal static class SeriesFft
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("series_fft", 2, "The Fourier transform of an array, or of one with imaginary parts: real and imaginary parts, each a column. Null where an item is no number.")
        .Row(KqlType.Dynamic, [KqlType.Dynamic], row => SeriesMath.Transform(row[0], null, isBack: false))
        .Row(KqlType.Dynamic, [KqlType.Dynamic, KqlType.Dynamic], row => row[1] is null ? null : SeriesMath.Transform(row[0], row[1], isBack: false));
}
