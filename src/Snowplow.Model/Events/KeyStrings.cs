using System.Text;

namespace Snowplow.Model.Events;

/// <summary>
/// Turns prefixed UTF-8 ids into strings, giving the same string for ids seen shortly before: events of one visit follow
/// each other. A direct-mapped cache of fixed size; not thread-safe.
/// </summary>
internal sealed class KeyStrings
{
    private const int Slots = 1024;

    private readonly (byte[] Utf8, string Text)[] _slots = new (byte[], string)[Slots];

    /// <summary>The kind's letter, a colon and the id.</summary>
    public string Get(byte kind, ReadOnlySpan<byte> id) => Get(kind, [(char)kind, ':'], id);

    /// <summary>A prefix and the id.</summary>
    /// <param name="kind">A number of the prefix's own.</param>
    /// <param name="prefix">The prefix.</param>
    /// <param name="id">The id.</param>
    public string Get(byte kind, ReadOnlySpan<char> prefix, ReadOnlySpan<byte> id)
    {
        ref var slot = ref _slots[Hash.Of(id, kind) % Slots];
        if (slot.Utf8 is not null && slot.Utf8[0] == kind && id.SequenceEqual(slot.Utf8.AsSpan(1))) return slot.Text;
        slot = ([kind, .. id], $"{prefix}{Encoding.UTF8.GetString(id)}");
        return slot.Text;
    }
}
