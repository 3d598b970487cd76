using System.Numerics;
using System.Runtime.InteropServices;
using System.Text;

namespace Snowplow.Events.Collector;

/// <summary>
/// Strings that were read lately. Most of what payloads say (host, path, content type, user agent, a visitor's headers) has been said
/// by one shortly before, so its string is there already. A bounded table in which a text takes the place of another with its hash once it
/// comes a second time without another in between: what is said once (a visitor's cookie, an id) is not kept, as each string that a
/// long-lived table takes has to be moved by the garbage collector. Thread-safe, since an entry is one reference.
/// </summary>
internal static class RecentTexts
{
    // Longer texts seldom come again.
    private const int MaxBytes = 512;
    private const int Slots = 4096;

    private static readonly string?[] Recent = new string?[Slots];

    // Of each slot the hash of the last text that was not there.
    private static readonly uint[] Missed = new uint[Slots];

    /// <summary>The string of a UTF-8 text, U+FFFD standing for what is none. Only ASCII texts are kept.</summary>
    public static string Get(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length is 0 or > MaxBytes) return Encoding.UTF8.GetString(utf8);
        var hash = Hash(utf8);
        ref var slot = ref Recent[hash % Slots];
        var recent = Volatile.Read(ref slot);
        if (recent is not null && Ascii.Equals(utf8, recent)) return recent;
        var text = Encoding.UTF8.GetString(utf8);
        ref var missed = ref Missed[hash % Slots];
        if (missed == hash) Volatile.Write(ref slot, text);
        missed = hash;
        return text;
    }

    private static uint Hash(ReadOnlySpan<byte> utf8)
    {
        const ulong prime = 0x9E3779B97F4A7C15;
        var hash = (ulong)utf8.Length;
        foreach (var word in MemoryMarshal.Cast<byte, ulong>(utf8)) hash = BitOperations.RotateLeft((hash ^ word) * prime, 29);
        foreach (var b in utf8[(utf8.Length & ~7)..]) hash = BitOperations.RotateLeft((hash ^ b) * prime, 29);
        return (uint)((hash * prime) >> 32);
    }
}
