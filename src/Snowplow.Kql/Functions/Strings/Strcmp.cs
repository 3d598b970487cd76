using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Strings;

/// <summary><c>strcmp</c>: -1, 0 or 1 as the first text is before, equal to or after the second.</summary>
internal static class Strcmp
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("strcmp", 2, "-1, 0 or 1 as the first text is before, equal to or after the second.")
        .On((string a, string b) => (long)Math.Sign(string.CompareOrdinal(a, b)));
}
