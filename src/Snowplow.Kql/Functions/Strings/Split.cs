using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Strings;

/// <summary><c>split</c>: the parts of a text between delimiters in an array; with an index, an array of that one.</summary>
internal static class Split
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("split", 1, "The parts of a text between delimiters in an array; with an index, an array of that one.")
        .NamedBy(NameRule.FirstArgument)
        .On((string text, string delimiter) => (object)Parts(text, delimiter))
        .On((string text, string delimiter, long index) => (object)(Parts(text, delimiter) is var parts && index >= 0 && index < parts.Length ? new[] { parts[index] } : Array.Empty<object?>()));

    private static object?[] Parts(string text, string delimiter) => delimiter.Length == 0 ? [text] : text.Split(delimiter);
}
