using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Strings;

/// <summary><c>strlen</c>: number of characters (code points).</summary>
internal static class Strlen
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("strlen", 1, "Number of characters (code points).")
        .NamedBy(NameRule.NameAndFirstArgument)
        .On((string text) => (long)CodePoints.Count(text));
}
