using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Strings;

/// <summary><c>toupper</c>: the text in capitals.</summary>
internal static class Toupper
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("toupper", 1, "The text in capitals.")
        .On((string text) => text.ToUpperInvariant());
}
