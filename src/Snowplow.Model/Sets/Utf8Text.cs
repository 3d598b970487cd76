using System.Text;

namespace Snowplow.Model.Sets;

/// <summary>Compares texts of a line with strings of a state without making a string, as long as they are ASCII.</summary>
internal static class Utf8Text
{
    public static bool Equals(ReadOnlySpan<byte> utf8, ReadOnlySpan<char> text) =>
        Ascii.IsValid(utf8) ? Ascii.Equals(utf8, text) : text.SequenceEqual(Encoding.UTF8.GetString(utf8));

    /// <summary>The text's beginning of at most a number of UTF-16 units, never half a surrogate pair.</summary>
    public static string Cut(string text, int limit) =>
        text.Length <= limit ? text : text[..(char.IsHighSurrogate(text[limit - 1]) ? limit - 1 : limit)];
}
