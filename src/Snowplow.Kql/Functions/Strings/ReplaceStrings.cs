using Snowplow.Kql.Data;
using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Strings;

/// <summary><c>replace_strings</c>: the text with all occurrences of several texts replaced, each by its own or all by one.</summary>
internal static class ReplaceStrings
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("replace_strings", 2, "The text with all occurrences of several texts replaced, each by its own or all by one.")
        .On((string text, object sought, object replacements) => Replace(text, sought as object?[] ?? [sought], replacements));

    // A text that is sought earlier goes first, and what has been replaced is not looked at again.
    private static string Replace(string text, object?[] sought, object replacements)
    {
        List<(string Text, bool IsDone)> pieces = [(text, false)];
        for (var i = 0; i < sought.Length; i++)
        {
            var old = DynamicValue.Text(sought[i]);
            var replacement = replacements is object?[] each ? (i < each.Length ? DynamicValue.Text(each[i]) : "") : DynamicValue.Text(replacements);
            if (old.Length > 0) pieces = [.. pieces.SelectMany(piece => piece.IsDone ? [piece] : Cut(piece.Text, old, replacement))];
        }

        return string.Concat(pieces.Select(piece => piece.Text));
    }

    private static IEnumerable<(string Text, bool IsDone)> Cut(string text, string old, string replacement) =>
        text.Split(old).SelectMany((rest, i) => i == 0 ? new[] { (rest, false) } : [(replacement, true), (rest, false)]);
}
