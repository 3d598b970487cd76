using System.Text;
using Snowplow.Model.Sets;

namespace Snowplow.Model.Events;

/// <summary>
/// Turns prefixed UTF-8 ids into strings, giving the same string for ids seen just before: events of one request follow each
/// other. A direct-mapped cache of fixed size; not thread-safe.
/// </summary>
/// <remarks>
/// Few slots on purpose: a visitor's key is kept from one request to the next by its grain. What a long-lived table holds besides outlives the
/// youngest generation, and each reference from there costs a collection more than the string that it saves.
/// </remarks>
internal sealed class KeyStrings
{
    private const int Slots = 16;

    private readonly string?[] _slots = new string?[Slots];

    /// <summary>The kind's letter, a colon and the id.</summary>
    public string Get(byte kind, ReadOnlySpan<byte> id) => Get([(char)kind, ':'], id);

    /// <summary>A prefix and the id.</summary>
    public string Get(ReadOnlySpan<char> prefix, ReadOnlySpan<byte> id)
    {
        // Kinds differ in their first letters, or else share a slot.
        ref var slot = ref _slots[Hash.Of(id, prefix[0]) % Slots];
        if (slot is { } known && known.AsSpan().StartsWith(prefix) && Utf8Text.Equals(id, known.AsSpan(prefix.Length))) return known;
        return slot = $"{prefix}{Encoding.UTF8.GetString(id)}";
    }
}
