using System.Buffers;
using System.Text;

namespace Snowplow.Kql.Data;

/// <summary>
/// The terms of what <c>tostring</c> makes of a JSON text. That writes it anew: without escapes where it needs none, and numbers by their value. A text
/// without escapes has the same terms before, but for those of such numbers.
/// </summary>
internal static class JsonTerms
{
    private static readonly SearchValues<byte> Escaped = SearchValues.Create((byte)'\\', 0x7F);
    private static readonly SearchValues<byte> NumberBytes = SearchValues.Create("0123456789+-.eE"u8);

    /// <summary>Appends the hashes.</summary>
    public static void Hash(ReadOnlySpan<byte> json, TermHashes hashes)
    {
        if (IsKept(json)) TextTerms.Hash(json, hashes, isJson: true);
        else TextTerms.Hash(Encoding.UTF8.GetBytes(DynamicValue.Text(DynamicJson.Parse(json))), hashes, isJson: false);
    }

    /// <summary>Appends the terms of the number that may begin with a term, where it is written in another way than it comes.</summary>
    public static void HashNumber(ReadOnlySpan<byte> text, int start, TermHashes hashes)
    {
        if (start > 0 && text[start - 1] == '-') start--;
        if (start > 0 && !MayEndBefore(text[..start])) return;
        var rest = text[start..];
        var length = rest.IndexOfAnyExcept(NumberBytes);
        var number = length < 0 ? rest : rest[..length];
        // Every long of up to eighteen digits is written as it comes.
        if (number.Length <= 18 && !number[1..].ContainsAnyExceptInRange((byte)'0', (byte)'9')) return;
        if (DynamicJson.TryParse(number, out var value)) TextTerms.Hash(Encoding.UTF8.GetBytes(DynamicValue.Text(value)), hashes, isJson: false);
    }

    // Whether a number may follow; within strings it does not matter.
    private static bool MayEndBefore(ReadOnlySpan<byte> text) => text[^1] switch
    {
        (byte)',' or (byte)'[' or (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t' => true,
        (byte)':' => text.Length == 1 || text[^2] is (byte)'"' or (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t',
        _ => false,
    };

    // Whether strings are written as they are.
    private static bool IsKept(ReadOnlySpan<byte> json)
    {
        if (json.ContainsAny(Escaped)) return false;
        if (Ascii.IsValid(json)) return true;
        var encoder = DynamicJson.WriterOptions.Encoder!;
        while (!json.IsEmpty)
        {
            if (Rune.DecodeFromUtf8(json, out var rune, out var length) != OperationStatus.Done || (!rune.IsAscii && encoder.WillEncode(rune.Value))) return false;
            json = json[length..];
        }

        return true;
    }
}
