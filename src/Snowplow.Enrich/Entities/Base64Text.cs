using System.Buffers;
using System.Buffers.Text;

namespace Snowplow.Enrich.Entities;

/// <summary>
/// Decodes base64 as trackers write it: URL-safe or standard, with or without padding. A space counts as <c>+</c>, which a tracker
/// that forgot to escape it turns into one.
/// </summary>
internal static class Base64Text
{
    private static readonly SearchValues<byte> Standard = SearchValues.Create("+/ "u8);

    /// <summary>Decodes; false where the text is no base64.</summary>
    /// <param name="text">The text.</param>
    /// <param name="buffer">Receives the bytes; made larger as needed.</param>
    /// <param name="decoded">The decoded bytes, in <paramref name="buffer"/>.</param>
    public static bool TryDecode(ReadOnlySpan<byte> text, ref byte[] buffer, out ReadOnlyMemory<byte> decoded)
    {
        decoded = default;
        if (buffer.Length < text.Length) buffer = new byte[Math.Max(buffer.Length * 2, text.Length)];
        if (text.ContainsAny(Standard))
        {
            var urlSafe = ArrayPool<byte>.Shared.Rent(text.Length);
            for (var i = 0; i < text.Length; i++)
                urlSafe[i] = text[i] is (byte)'+' or (byte)' ' ? (byte)'-' : text[i] == '/' ? (byte)'_' : text[i];
            var isDecoded = TryDecodeUrlSafe(urlSafe.AsSpan(0, text.Length), buffer, out decoded);
            ArrayPool<byte>.Shared.Return(urlSafe);
            return isDecoded;
        }

        return TryDecodeUrlSafe(text, buffer, out decoded);
    }

    private static bool TryDecodeUrlSafe(ReadOnlySpan<byte> text, byte[] buffer, out ReadOnlyMemory<byte> decoded)
    {
        var status = Base64Url.DecodeFromUtf8(text, buffer, out _, out var written);
        decoded = buffer.AsMemory(0, written);
        return status == OperationStatus.Done;
    }
}
