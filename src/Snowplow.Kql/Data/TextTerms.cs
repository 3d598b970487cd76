using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text;

namespace Snowplow.Kql.Data;

/// <summary>
/// The terms of texts by which filters may pass over them: runs of ASCII letters and digits, without case. All other characters end a run, those four
/// excepted that are letters of ASCII once case is ignored. So a text in which <c>has</c> finds something has each term of that too: where a run ends here,
/// a term of KQL ends or goes on with a letter beyond ASCII, which the text has at the same place.
/// </summary>
public static class TextTerms
{
    private const ulong LowerCase = 0x2020202020202020;
    private const ulong Mix = 0x9E3779B97F4A7C15;

    // ı and İ, ſ, and the sign for kelvin.
    private static readonly SearchValues<byte> FoldedHeads = SearchValues.Create(0xC4, 0xC5, 0xE2);

    /// <summary>The terms of a text in lower case, in their order.</summary>
    public static IReadOnlyList<string> Of(ReadOnlySpan<byte> utf8) => [.. Places(utf8).Select(term => term.Term)];

    /// <summary>The terms of a text in lower case, and whether each stands at the text's begin and at its end.</summary>
    internal static IReadOnlyList<(string Term, bool IsFirst, bool IsLast)> Places(ReadOnlySpan<byte> utf8)
    {
        var terms = new List<(string, bool, bool)>();
        var text = Folded(utf8);
        for (var start = 0; start < text.Length;)
        {
            if (!char.IsAsciiLetterOrDigit((char)text[start]))
            {
                start++;
                continue;
            }

            var end = start + 1;
            while (end < text.Length && char.IsAsciiLetterOrDigit((char)text[end])) end++;
            terms.Add((Encoding.ASCII.GetString(text[start..end]).ToLowerInvariant(), start == 0, end == text.Length));
            start = end;
        }

        return terms;
    }

    /// <summary>Appends the hashes of a text's terms.</summary>
    /// <param name="utf8">The text.</param>
    /// <param name="hashes">Where they go.</param>
    /// <param name="isJson">Whether numbers in it are to be found as they are once they were read, too.</param>
    internal static void Hash(ReadOnlySpan<byte> utf8, TermHashes hashes, bool isJson)
    {
        var text = Ascii.IsValid(utf8) ? utf8 : Folded(utf8);
        var start = -1;
        Span<byte> tail = stackalloc byte[64];
        for (var at = 0; at < text.Length; at += 64)
        {
            var rest = text[at..];
            if (rest.Length < 64)
            {
                tail.Clear();
                rest.CopyTo(tail);
            }

            // Bits where a term begins or ends.
            var mask = rest.Length < 64 ? Mask(tail) : Mask(rest);
            var edges = mask ^ ((mask << 1) | (start >= 0 ? 1UL : 0));
            for (; edges != 0; edges &= edges - 1)
            {
                var edge = at + BitOperations.TrailingZeroCount(edges);
                if (start < 0)
                {
                    start = edge;
                    continue;
                }

                hashes.Add(Hash(text, start, edge - start));
                if (isJson && text[start] <= '9') JsonTerms.HashNumber(text, start, hashes);
                start = -1;
            }
        }

        if (start < 0) return;
        hashes.Add(Hash(text, start, text.Length - start));
        if (isJson && text[start] <= '9') JsonTerms.HashNumber(text, start, hashes);
    }

    /// <summary>The hash of one term.</summary>
    public static uint Hash(ReadOnlySpan<byte> term) => Hash(term, 0, term.Length);

    // Letters and digits have bit 5 in lower case, digits always.
    private static uint Hash(ReadOnlySpan<byte> text, int start, int length)
    {
        ref var bytes = ref Unsafe.Add(ref MemoryMarshal.GetReference(text), start);
        var behind = text.Length - start;
        var hash = (ulong)length * Mix;
        for (; length > 8; bytes = ref Unsafe.Add(ref bytes, 8), length -= 8, behind -= 8)
        {
            hash = (hash ^ (Unsafe.ReadUnaligned<ulong>(ref bytes) | LowerCase)) * Mix;
            hash ^= hash >> 32;
        }

        var mask = ulong.MaxValue >> (64 - (8 * length));
        var last = 0UL;
        if (behind >= 8) last = Unsafe.ReadUnaligned<ulong>(ref bytes);
        else for (var i = 0; i < length; i++) last |= (ulong)Unsafe.Add(ref bytes, i) << (8 * i);
        hash = (hash ^ ((last | LowerCase) & mask)) * Mix;
        return (uint)((hash ^ (hash >> 29)) * Mix >> 32);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Mask(ReadOnlySpan<byte> bytes) => Half(bytes) | ((ulong)Half(bytes[32..]) << 32);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Half(ReadOnlySpan<byte> bytes)
    {
        var vector = Vector256.LoadUnsafe(ref MemoryMarshal.GetReference(bytes));
        var letters = Vector256.LessThan((vector | Vector256.Create((byte)0x20)) - Vector256.Create((byte)'a'), Vector256.Create((byte)26));
        var digits = Vector256.LessThan(vector - Vector256.Create((byte)'0'), Vector256.Create((byte)10));
        return (letters | digits).ExtractMostSignificantBits();
    }

    private static ReadOnlySpan<byte> Folded(ReadOnlySpan<byte> utf8)
    {
        if (!utf8.ContainsAny(FoldedHeads)) return utf8;
        var folded = new byte[utf8.Length];
        var size = 0;
        for (var at = 0; at < utf8.Length;)
        {
            var rest = utf8[at..];
            var (letter, length) = rest.StartsWith("ı"u8) || rest.StartsWith("İ"u8) ? ((byte)'i', 2) : rest.StartsWith("ſ"u8) ? ((byte)'s', 2) : rest.StartsWith("\u212A"u8) ? ((byte)'k', 3) : (rest[0], 1);
            folded[size++] = letter;
            at += length;
        }

        return folded.AsSpan(0, size);
    }
}
