using System.Text;

namespace Snowplow.Kql.Functions;

/// <summary>Escapes texts for addresses, with small hexadecimal digits.</summary>
internal static class Escaping
{
    /// <summary>The text with all escaped but letters, digits and <c>-_.~!*()</c>.</summary>
    public static string Encode(string text, string blank)
    {
        var encoded = new StringBuilder();
        foreach (var b in Encoding.UTF8.GetBytes(text))
        {
            if (char.IsAsciiLetterOrDigit((char)b) || "-_.~!*()".Contains((char)b, StringComparison.Ordinal)) encoded.Append((char)b);
            else if (b == ' ') encoded.Append(blank);
            else encoded.Append('%').Append(b.ToString("x2", System.Globalization.CultureInfo.InvariantCulture));
        }

        return encoded.ToString();
    }
}
