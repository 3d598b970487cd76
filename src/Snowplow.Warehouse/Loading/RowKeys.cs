using System.Globalization;
using System.IO.Hashing;
using System.Buffers.Binary;

namespace Snowplow.Warehouse.Loading;

/// <summary>The keys by which the store knows rows: an id as the number that it is, all else as a hash of 128 bits.</summary>
internal static class RowKeys
{
    private const int UuidLength = 36;

    /// <summary>The number of a uuid in lower case with its dashes, its first digits in the highest bits; else a hash of the text.</summary>
    public static UInt128 Of(ReadOnlySpan<byte> text) => TryUuid(text, out var uuid) ? uuid : Hash(text);

    /// <summary>A hash of a text.</summary>
    public static UInt128 Hash(ReadOnlySpan<byte> text) => BinaryPrimitives.ReadUInt128BigEndian(XxHash128.Hash(text));

    private static bool TryUuid(ReadOnlySpan<byte> text, out UInt128 uuid)
    {
        uuid = default;
        if (text.Length != UuidLength || text[8] != '-' || text[13] != '-' || text[18] != '-' || text[23] != '-') return false;
        Span<byte> digits = stackalloc byte[32];
        text[..8].CopyTo(digits);
        text[9..13].CopyTo(digits[8..]);
        text[14..18].CopyTo(digits[12..]);
        text[19..23].CopyTo(digits[16..]);
        text[24..].CopyTo(digits[20..]);
        if (digits.ContainsAnyInRange((byte)'A', (byte)'F')) return false;
        return UInt128.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out uuid);
    }
}
