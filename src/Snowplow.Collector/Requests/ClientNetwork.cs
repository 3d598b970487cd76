using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Snowplow.Collector.Requests;

/// <summary>
/// Where a request comes from. With a list of trusted proxies, the last address of <c>X-Forwarded-For</c> (else of
/// <c>Forwarded</c>) that is none of theirs, and only if the peer is one; without, the first entry, as Snowplow has it.
/// </summary>
internal sealed class ClientNetwork
{
    /// <summary>What the payload says where there is no address, or none may be kept.</summary>
    public const string Unknown = "unknown";

    /// <summary>The entry of the list that trusts no proxy at all.</summary>
    public const string Nobody = "none";

    private readonly IPNetwork[] _trusted;

    /// <param name="trustedProxies">Networks as <c>10.0.0.0/8</c>, addresses, or <see cref="Nobody"/>; empty trusts everyone.</param>
    public ClientNetwork(IReadOnlyList<string> trustedProxies)
    {
        TrustsEveryone = trustedProxies.Count == 0;
        _trusted = [.. trustedProxies.Where(proxy => proxy != Nobody).Select(proxy => Parse(proxy)!.Value)];
    }

    /// <summary>Whether what the headers say is taken from anyone.</summary>
    public bool TrustsEveryone { get; }

    /// <summary>A network or a single address; null if the text is neither.</summary>
    public static IPNetwork? Parse(string text)
    {
        if (IPNetwork.TryParse(text, out var network)) return network;
        return IPAddress.TryParse(text, out var address) ? new IPNetwork(address, address.GetAddressBytes().Length * 8) : null;
    }

    /// <summary>The address without port, IPv4 in its own form even on an IPv6 socket; or null.</summary>
    public IPAddress? Of(HttpContext context)
    {
        var headers = context.Request.Headers;
        var peer = Plain(context.Connection.RemoteIpAddress);
        if (TrustsEveryone) return Plain(Entry(First(headers["X-Forwarded-For"].ToString()))) ?? peer;
        if (peer is null || !IsTrusted(peer)) return peer;
        var forwardedFor = headers["X-Forwarded-For"];
        return Nearest(forwardedFor.Count > 0 ? forwardedFor : headers["Forwarded"], forwardedFor.Count == 0, peer);
    }

    // From the last hop back: each trusted proxy vouches for the address before its own. What is no address ends the chain.
    private IPAddress Nearest(StringValues headers, bool isForwarded, IPAddress address)
    {
        var entries = headers.ToString().Split(',');
        for (var i = entries.Length - 1; i >= 0; i--)
        {
            if (Plain(Entry(isForwarded ? For(entries[i]) : entries[i])) is not { } hop) return address;
            address = hop;
            if (!IsTrusted(hop)) return address;
        }

        return address;
    }

    private bool IsTrusted(IPAddress address)
    {
        foreach (var network in _trusted)
        {
            if (network.Contains(address)) return true;
        }

        return false;
    }

    private static IPAddress? Plain(IPAddress? address) => address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address;

    private static ReadOnlySpan<char> First(ReadOnlySpan<char> header)
    {
        var comma = header.IndexOf(',');
        return comma < 0 ? header : header[..comma];
    }

    // RFC 7239: for="[2001:db8::1]:4711";proto=https
    private static ReadOnlySpan<char> For(ReadOnlySpan<char> element)
    {
        foreach (var range in element.Split(';'))
        {
            var pair = element[range].Trim();
            if (pair.StartsWith("for=", StringComparison.OrdinalIgnoreCase)) return pair[4..].Trim('"');
        }

        return default;
    }

    private static IPAddress? Entry(ReadOnlySpan<char> entry)
    {
        entry = entry.Trim();
        if (entry.IsEmpty) return null;
        // Some proxies, Azure's gateways among them, add the port.
        var address = IPAddress.TryParse(entry, out var alone) ? alone : IPEndPoint.TryParse(entry, out var endpoint) ? endpoint.Address : null;
        // .NET reads 1 as 0.0.0.1, which no proxy writes.
        return address is { AddressFamily: AddressFamily.InterNetwork } && entry.Count('.') != 3 ? null : address;
    }
}
