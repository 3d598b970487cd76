using System.Net;
using Microsoft.AspNetCore.Http;

namespace Snowplow.Collector.Requests;

/// <summary>Where a request comes from: the first entry of <c>X-Forwarded-For</c> if it is an address, else the peer.</summary>
internal static class ClientAddress
{
    /// <summary>What the payload says where there is no address, or none may be kept.</summary>
    public const string Unknown = "unknown";

    /// <summary>The address without port, IPv4 in its own form even on an IPv6 socket; or <see cref="Unknown"/>.</summary>
    public static string Of(HttpContext context)
    {
        var address = Forwarded(context.Request.Headers["X-Forwarded-For"].ToString()) ?? context.Connection.RemoteIpAddress;
        if (address is null) return Unknown;
        return (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).ToString();
    }

    private static IPAddress? Forwarded(ReadOnlySpan<char> header)
    {
        if (header.IsEmpty) return null;
        var comma = header.IndexOf(',');
        var first = (comma < 0 ? header : header[..comma]).Trim(' ');
        if (IPAddress.TryParse(first, out var address)) return address;
        // Some proxies, Azure's gateways among them, add the port.
        return IPEndPoint.TryParse(first, out var endpoint) ? endpoint.Address : null;
    }
}
