using System.Buffers.Binary;

namespace Snowplow.Warehouse.Extents.Texts;

/// <summary>Uuids as text: 36 characters, lower-case, the only text that comes back as it was.</summary>
internal static class UuidText
{
    /// <summary>Bytes of the text.</summary>
    public const int Length = 36;

    // For each byte its two digits, the first in the lower byte.
    private static readonly ushort[] Digits = [.. Enumerable.Range(0, 256).Select(value => (ushort)(Digit(value >> 4) | (Digit(value & 15) << 8)))];
    private static readonly sbyte[] Values = [.. Enumerable.Range(0, 256).Select(c => (sbyte)(c is >= '0' and <= '9' ? c - '0' : c is >= 'a' and <= 'f' ? c - 'a' + 10 : -1))];

    /// <summary>The uuid of a text; false where it is none, or would be written in another way.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out UInt128 uuid)
    {
        uuid = 0;
        if (text.Length != Length || text[8] != '-' || text[13] != '-' || text[18] != '-' || text[23] != '-') return false;
        var isValid = TryHex(text[..8], out var a) & TryHex(text.Slice(9, 4), out var b) & TryHex(text.Slice(14, 4), out var c)
            & TryHex(text.Slice(19, 4), out var d) & TryHex(text.Slice(24, 12), out var e);
        uuid = new UInt128((a << 32) | (b << 16) | c, (d << 48) | e);
        return isValid;
    }

    /// <summary>Writes the text of sixteen bytes.</summary>
    public static void Write(ReadOnlySpan<byte> uuid, Span<byte> text)
    {
        uuid = uuid[..16];
        text = text[..Length];
        text[8] = text[13] = text[18] = text[23] = (byte)'-';
        var at = 0;
        for (var i = 0; i < uuid.Length; i++)
        {
            if (i is 4 or 6 or 8 or 10) at++;
            BinaryPrimitives.WriteUInt16LittleEndian(text[at..], Digits[uuid[i]]);
            at += 2;
        }
    }

    private static bool TryHex(ReadOnlySpan<byte> digits, out ulong value)
    {
        value = 0;
        var isValid = true;
        foreach (var digit in digits)
        {
            var next = Values[digit];
            isValid &= next >= 0;
            value = (value << 4) | (byte)(next & 15);
        }

        return isValid;
    }

    private static int Digit(int value) => value < 10 ? '0' + value : 'a' + value - 10;
}
