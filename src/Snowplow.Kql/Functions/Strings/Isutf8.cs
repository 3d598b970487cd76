using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Strings;

/// <summary><c>isutf8</c>: whether the text is one of Unicode: without halves of characters.</summary>
internal static class Isutf8
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("isutf8", 2, "Whether the text is one of Unicode: without halves of characters.")
        .On((string text) => Rune(text));

    private static bool Rune(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i])) continue;
            if (i + 1 == text.Length || !char.IsSurrogatePair(text[i], text[i + 1])) return false;
            i++;
        }

        return true;
    }
}
