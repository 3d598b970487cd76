using System.Buffers;
using System.Net;
using System.Net.Sockets;

namespace Snowplow.Enrich.Payloads;

/// <summary>
/// The client's address as proxies tell it: the first <c>X-Forwarded-For</c> that begins with an address wins, else the last
/// <c>Forwarded: for=</c> that does, else the payload's own.
/// </summary>
/// <remarks>Snowplow forgets a <c>Forwarded</c> when any other header follows it; here it counts wherever it stands.</remarks>
internal static class ClientAddress
{
    private const string ForwardedForHeader = "X-Forwarded-For: ";
    private const string ForwardedHeader = "Forwarded: for=";
    private const int MaxLength = 45;

    private static readonly SearchValues<char> Ipv4Characters = SearchValues.Create("0123456789.");
    private static readonly SearchValues<char> Ipv6Characters = SearchValues.Create("0123456789abcdefABCDEF:.");

    /// <summary>The address; null where neither headers nor payload have one.</summary>
    /// <param name="headers">The request's headers as <c>Name: value</c>, names in any case.</param>
    /// <param name="payloadAddress">What the collector saw.</param>
    public static string? Find(IReadOnlyList<string>? headers, string? payloadAddress)
    {
        string? forwarded = null;
        for (var i = 0; i < headers?.Count; i++)
        {
            var header = headers[i];
            if (header.StartsWith(ForwardedForHeader, StringComparison.OrdinalIgnoreCase))
            {
                if (Leading(header.AsSpan(ForwardedForHeader.Length)) is { } address) return address;
            }
            else if (header.StartsWith(ForwardedHeader, StringComparison.OrdinalIgnoreCase))
            {
                forwarded = Leading(header.AsSpan(ForwardedHeader.Length)) ?? forwarded;
            }
        }

        return forwarded ?? payloadAddress;
    }

    // The IP literal that a value begins with, behind an optional quote and bracket.
    private static string? Leading(ReadOnlySpan<char> value)
    {
        if (value is ['"', ..]) value = value[1..];
        if (value is ['[', ..]) value = value[1..];
        var end = value.IndexOfAnyExcept(Ipv4Characters);
        var ipv4 = end < 0 ? value : value[..end];
        if (ipv4.Count('.') == 3 && ipv4.Length <= MaxLength && IPAddress.TryParse(ipv4, out _)) return ipv4.ToString();
        end = value.IndexOfAnyExcept(Ipv6Characters);
        var ipv6 = end < 0 ? value : value[..end];
        return ipv6.Length <= MaxLength && IPAddress.TryParse(ipv6, out var address) && address.AddressFamily == AddressFamily.InterNetworkV6
            ? ipv6.ToString()
            : null;
    }
}
