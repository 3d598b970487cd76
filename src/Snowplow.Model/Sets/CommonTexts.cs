using System.Text;

namespace Snowplow.Model.Sets;

/// <summary>
/// Texts that many states hold, such as names of events and channels, each once in memory as long as it is common: a
/// direct-mapped cache of fixed size, for the whole process. Rare texts pass through it.
/// </summary>
internal static class CommonTexts
{
    private const int Slots = 1024;
    private const int MaxLength = 64;

    // Threads may replace each other's texts, which does no harm: a slot is one reference, and is compared before it is given out.
    private static readonly string?[] Texts = new string?[Slots];

    /// <summary>The text of UTF-8 bytes.</summary>
    public static string Of(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length > MaxLength) return Encoding.UTF8.GetString(utf8);
        ref var slot = ref Texts[Hash.Of(utf8) % Slots];
        if (slot is { } known && Utf8Text.Equals(utf8, known)) return known;
        return slot = Encoding.UTF8.GetString(utf8);
    }

    /// <summary>The text itself, or the same one seen before.</summary>
    public static string Of(string text)
    {
        if (text.Length > MaxLength) return text;
        Span<byte> utf8 = stackalloc byte[MaxLength * 3];
        return Of(utf8[..Encoding.UTF8.GetBytes(text, utf8)]);
    }
}
