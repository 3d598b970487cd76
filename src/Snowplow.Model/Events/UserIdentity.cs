using System.Security.Cryptography;
using System.Text;
using Snowplow.Events.Enriched;

namespace Snowplow.Model.Events;

/// <summary>The parts of an event's user key (<see cref="UserKey"/>): its kind and the id in UTF-8. Kind 0 is no user.</summary>
internal readonly ref struct UserIdentity
{
    /// <summary>The length of the buffer that <see cref="Of"/> needs for a hash.</summary>
    public const int ScratchLength = 32;

    private static readonly byte[] Zeros = "00000000-0000-0000-0000-000000000000"u8.ToArray();

    private UserIdentity(byte kind, ReadOnlySpan<byte> id)
    {
        Kind = kind;
        Id = id;
    }

    public byte Kind { get; }

    public ReadOnlySpan<byte> Id { get; }

    public override string ToString() => $"{(char)Kind}:{Encoding.UTF8.GetString(Id)}";

    /// <summary>Whether an id says who it is: neither missing nor the all-zero UUID of anonymity.</summary>
    public static bool IsKnown(ReadOnlySpan<byte> id) => !id.IsEmpty && !id.SequenceEqual(Zeros);

    /// <summary>Finds an event's user.</summary>
    /// <param name="e">The event.</param>
    /// <param name="clientUserId"><c>client_session.userId</c>, or empty.</param>
    /// <param name="scratch"><see cref="ScratchLength"/> bytes, into which the result may point.</param>
    public static UserIdentity Of(EnrichedEvent e, ReadOnlySpan<byte> clientUserId, Span<byte> scratch)
    {
        var kind = KindOf(e, clientUserId);
        if (kind == 'h') HashHex(e[EventField.UserIpaddress], e[EventField.Useragent], scratch);
        return kind switch
        {
            (byte)'d' => new(kind, IsKnown(clientUserId) ? clientUserId : e[EventField.DomainUserid]),
            (byte)'n' => new(kind, e[EventField.NetworkUserid]),
            (byte)'u' => new(kind, e[EventField.UserId]),
            (byte)'h' => new(kind, scratch[..ScratchLength]),
            _ => default,
        };
    }

    /// <summary>The kind of an event's user key, or 0 where it has none.</summary>
    public static byte KindOf(EnrichedEvent e, ReadOnlySpan<byte> clientUserId)
    {
        var domain = e[EventField.DomainUserid];
        if (IsKnown(clientUserId) || IsKnown(domain)) return (byte)'d';
        var network = e[EventField.NetworkUserid];
        if (IsKnown(network)) return (byte)'n';
        var user = e[EventField.UserId];
        if (IsKnown(user)) return (byte)'u';

        // What is there but not known is the id of anonymity.
        var isAnonymous = !(clientUserId.IsEmpty && domain.IsEmpty && network.IsEmpty && user.IsEmpty);
        var address = e[EventField.UserIpaddress];
        return isAnonymous || address.IsEmpty || address.SequenceEqual("unknown"u8) ? (byte)0 : (byte)'h';
    }

    private static void HashHex(ReadOnlySpan<byte> address, ReadOnlySpan<byte> userAgent, Span<byte> hex)
    {
        var length = address.Length + 1 + userAgent.Length;
        var text = length <= 1024 ? stackalloc byte[length] : new byte[length];
        address.CopyTo(text);
        text[address.Length] = (byte)'\t';
        userAgent.CopyTo(text[(address.Length + 1)..]);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(text, hash);
        Convert.TryToHexStringLower(hash[..(ScratchLength / 2)], hex, out _);
    }
}
