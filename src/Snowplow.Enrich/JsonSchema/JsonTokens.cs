using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Snowplow.Enrich.JsonSchema;

/// <summary>Finds where the tokens of a JSON text end.</summary>
internal static class JsonTokens
{
    /// <summary>
    /// Index of the next quote, backslash or control character at or after a place; the text's length if there is none.
    /// </summary>
    public static int IndexOfSpecial(ReadOnlySpan<byte> json, int from)
    {
        ref var start = ref MemoryMarshal.GetReference(json);
        while (from <= json.Length - Vector128<byte>.Count)
        {
            var hits = SpecialBytes(Vector128.LoadUnsafe(ref start, (nuint)from));
            if (hits != 0)
                return from + BitOperations.TrailingZeroCount(hits);
            from += Vector128<byte>.Count;
        }

        for (; from < json.Length; from++)
        {
            if (json[from] is (byte)'"' or (byte)'\\' or < (byte)' ')
                return from;
        }

        return from;
    }

    /// <summary>Index behind the escape sequence at a backslash; -1 if it is malformed.</summary>
    public static int EndOfEscape(ReadOnlySpan<byte> json, int at)
    {
        var rest = json[(at + 1)..];
        if (rest.Length > 0 && "\"\\/bfnrt"u8.Contains(rest[0]))
            return at + 2;

        var isUnicode = rest.Length >= 5 && rest[0] == 'u' && IsHex(rest[1]) && IsHex(rest[2]) && IsHex(rest[3]) && IsHex(rest[4]);
        return isUnicode ? at + 6 : -1;
    }

    /// <summary>Index behind the number at a place; -1 if it is malformed.</summary>
    /// <param name="json">The text.</param>
    /// <param name="at">Where the number's first character is.</param>
    /// <param name="isInteger">Whether it has neither fraction nor exponent.</param>
    public static int EndOfNumber(ReadOnlySpan<byte> json, int at, out bool isInteger)
    {
        isInteger = true;
        if (json[at] == '-')
            at++;
        if (at < json.Length && json[at] == '0')
            at++;
        else if (!TryPassDigits(json, ref at))
            return -1;

        if (at < json.Length && json[at] == '.')
        {
            at++;
            isInteger = false;
            if (!TryPassDigits(json, ref at))
                return -1;
        }

        if (at < json.Length && (json[at] | 0x20) == 'e')
        {
            at++;
            isInteger = false;
            if (at < json.Length && json[at] is (byte)'+' or (byte)'-')
                at++;
            if (!TryPassDigits(json, ref at))
                return -1;
        }

        return at;
    }

    private static bool TryPassDigits(ReadOnlySpan<byte> json, ref int at)
    {
        var start = at;
        while ((uint)at < (uint)json.Length && (uint)(json[at] - '0') <= 9)
            at++;
        return at > start;
    }

    private static bool IsHex(byte value) => char.IsAsciiHexDigit((char)value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint SpecialBytes(Vector128<byte> bytes) =>
        (Vector128.Equals(bytes, Vector128.Create((byte)'"'))
            | Vector128.Equals(bytes, Vector128.Create((byte)'\\'))
            | Vector128.LessThan(bytes, Vector128.Create((byte)' '))).ExtractMostSignificantBits();
}
