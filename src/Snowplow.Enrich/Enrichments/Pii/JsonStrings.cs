using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Json;
using Snowplow.Events;

namespace Snowplow.Enrich.Enrichments.Pii;

/// <summary>Replaces strings in a JSON text by their pseudonyms. All other bytes of it stay as they are.</summary>
internal static class JsonStrings
{
    /// <summary>Replaces.</summary>
    /// <param name="json">The text that a document was parsed from.</param>
    /// <param name="targets">Values of that document: strings, and arrays whose strings are meant. Others are left alone.</param>
    /// <param name="pseudonyms">Makes pseudonyms.</param>
    /// <returns>The new text; null where there is nothing to replace.</returns>
    public static byte[]? Replace(ReadOnlyMemory<byte> json, IEnumerable<JsonElement> targets, Pseudonyms pseudonyms)
    {
        // By where they begin, each once, however many rules name it.
        var strings = new SortedDictionary<int, int>();
        foreach (var target in targets.SelectMany(StringsOf))
        {
            var raw = JsonMarshal.GetRawUtf8Value(target);
            if (json.Span.Overlaps(raw, out var start)) strings[start] = raw.Length;
        }

        if (strings.Count == 0) return null;
        var output = new ArrayBufferWriter<byte>(json.Length + (strings.Count * 128));
        var copied = 0;
        foreach (var (start, length) in strings)
        {
            output.Write(json.Span[copied..start]);
            output.Write("\""u8);
            output.Write(PseudonymOf(json.Span.Slice(start + 1, length - 2), pseudonyms));
            output.Write("\""u8);
            copied = start + length;
        }

        output.Write(json.Span[copied..]);
        return output.WrittenSpan.ToArray();
    }

    private static IEnumerable<JsonElement> StringsOf(JsonElement target) => target.ValueKind switch
    {
        JsonValueKind.String => [target],
        JsonValueKind.Array => target.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.String),
        _ => [],
    };

    private static byte[] PseudonymOf(ReadOnlySpan<byte> escaped, Pseudonyms pseudonyms)
    {
        var text = new byte[escaped.Length];
        return pseudonyms.Of(text.AsSpan(0, JsonText.Unescape(escaped, text)));
    }
}
