using System.Globalization;
using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Maths;

/// <summary><c>tohex</c>: the number in hexadecimal digits, at least so many.</summary>
internal static class Tohex
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("tohex", 2, "The number in hexadecimal digits, at least so many.")
        .NamedBy(NameRule.FirstArgument)
        .On((long value) => value.ToString("x", CultureInfo.InvariantCulture))
        .On((long value, long length) => value.ToString("x", CultureInfo.InvariantCulture).PadLeft((int)Math.Clamp(length, 0, 16), '0'));
}
