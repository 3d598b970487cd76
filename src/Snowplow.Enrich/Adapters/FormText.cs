using System.Text;
using Snowplow.Enrich.Uris;

namespace Snowplow.Enrich.Adapters;

/// <summary>Reads form-encoded pairs that are no query string of the payload: bodies of webhooks.</summary>
internal static class FormText
{
    /// <summary>
    /// The decoded pairs in their order. Of a repeated name the last value counts; a percent sign that begins no escape stands
    /// for itself, and bytes that are not UTF-8 become U+FFFD.
    /// </summary>
    public static OrderedDictionary<string, string> Read(ReadOnlySpan<byte> text)
    {
        var decoded = new OrderedDictionary<string, string>(StringComparer.Ordinal);
        var pairs = new FormPairs(text);
        while (pairs.MoveNext()) decoded[Decode(pairs.Name)] = Decode(pairs.Value);
        return decoded;
    }

    private static string Decode(ReadOnlySpan<byte> encoded)
    {
        var text = new byte[encoded.Length];
        return Encoding.UTF8.GetString(text, 0, FormEncoding.Decode(encoded, text));
    }
}
