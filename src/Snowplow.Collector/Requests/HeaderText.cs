using System.Text;

namespace Snowplow.Collector.Requests;

/// <summary>Header values as text. Kestrel hands them over as Latin-1, a character per byte, so that no byte is refused.</summary>
internal static class HeaderText
{
    /// <summary>The value read as UTF-8, what is none replaced by U+FFFD; null for null.</summary>
    public static string? Decode(string? latin1) =>
        latin1 is null || Ascii.IsValid(latin1) ? latin1 : Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(latin1));
}
