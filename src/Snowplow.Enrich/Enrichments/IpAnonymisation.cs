using System.Globalization;
using Snowplow.Enrich.Addresses;
using Snowplow.Enrich.Enrichments.Configuration;
using Snowplow.Events.Enriched;

namespace Snowplow.Enrich.Enrichments;

/// <summary>
/// Puts <c>x</c> in the place of the last parts of <c>user_ipaddress</c>. IPv6 addresses are written out first, as Java writes them
/// (eight groups, none shortened); an IPv4 address in IPv6's clothes counts as the IPv4 address that it is. What is no
/// address but has dots or colons is masked by position, as if it were one.
/// </summary>
/// <param name="octets">How many of the four parts of IPv4 to mask.</param>
/// <param name="segments">How many of the eight parts of IPv6 to mask.</param>
internal sealed class IpAnonymisation(int octets, int segments) : IEnrichment
{
    private const int Ipv4Parts = 4;
    private const int Ipv6Parts = 8;
    private const int MaxIpv6Length = 39;

    private byte[] _masked = new byte[128];

    /// <summary>Reads <c>anon_ip</c>; without <c>anonSegments</c> as many segments as octets are masked.</summary>
    public static Func<IEnrichmentStep>? Read(EnrichmentConfig config)
    {
        // The schema says "number", so 1.5 passes it.
        if (!config.Parameters.GetProperty("anonOctets").TryGetInt32(out var octets))
        {
            config.Refuse("anonOctets", "must be 1, 2, 3 or 4");
            return null;
        }

        var segments = config.Parameters.TryGetProperty("anonSegments", out var given) ? given.GetInt32() : octets;
        return () => new IpAnonymisation(octets, segments);
    }

    /// <inheritdoc/>
    public void Enrich(EventInProgress e)
    {
        var address = e.Fields[EventField.UserIpaddress];
        if (address.IndexOfAny((byte)'.', (byte)':') < 0) return;

        // Masking an empty part makes a text longer, by one at each separator.
        var max = Math.Max(address.Length * 2 + 1, MaxIpv6Length);
        if (_masked.Length < max) _masked = new byte[max];
        e.Fields.SetClean(EventField.UserIpaddress, _masked.AsSpan(0, Mask(address, _masked)));
    }

    private int Mask(ReadOnlySpan<byte> address, Span<byte> masked)
    {
        if (address.Contains((byte)':') && IpNumber.TryParse(Bare(address), out var number))
            return IpNumber.IsIpv4(number) ? WriteIpv4((uint)number, masked) : WriteIpv6(number, masked);
        return address.Contains((byte)'.')
            ? MaskParts(address, (byte)'.', Ipv4Parts - octets, masked)
            : MaskParts(address, (byte)':', Ipv6Parts - segments, masked);
    }

    private static int MaskParts(ReadOnlySpan<byte> address, byte separator, int kept, Span<byte> masked)
    {
        int written = 0, part = 0;
        foreach (var range in address.Split(separator))
        {
            if (part > 0) masked[written++] = separator;
            var text = part++ < kept ? address[range] : "x"u8;
            text.CopyTo(masked[written..]);
            written += text.Length;
        }

        return written;
    }

    private int WriteIpv4(uint number, Span<byte> masked)
    {
        var written = 0;
        for (var part = 0; part < Ipv4Parts; part++)
        {
            if (part > 0) masked[written++] = (byte)'.';
            written += Write((byte)(number >> (24 - part * 8)), "", part < Ipv4Parts - octets, masked[written..]);
        }

        return written;
    }

    private int WriteIpv6(UInt128 number, Span<byte> masked)
    {
        var written = 0;
        for (var part = 0; part < Ipv6Parts; part++)
        {
            if (part > 0) masked[written++] = (byte)':';
            written += Write((ushort)(number >> (112 - part * 16)), "x", part < Ipv6Parts - segments, masked[written..]);
        }

        return written;
    }

    private static int Write(int part, string format, bool isKept, Span<byte> masked)
    {
        masked[0] = (byte)'x';
        if (!isKept) return 1;
        part.TryFormat(masked, out var written, format, CultureInfo.InvariantCulture);
        return written;
    }

    // Without the brackets and the port of a URL's host, and without a zone.
    private static ReadOnlySpan<byte> Bare(ReadOnlySpan<byte> address)
    {
        if (address is [(byte)'[', ..] && address.IndexOf((byte)']') is > 0 and var close) address = address[1..close];
        var zone = address.IndexOf((byte)'%');
        return zone < 0 ? address : address[..zone];
    }
}
