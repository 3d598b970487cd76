using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Strings;

/// <summary><c>tolower</c>: the text in small letters.</summary>
internal static class Tolower
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("tolower", 1, "The text in small letters.")
        .On((string text) => text.ToLowerInvariant());
}
