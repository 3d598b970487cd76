using System.Security.Cryptography;
using System.Text;

namespace Snowplow.Collector.Requests;

/// <summary>
/// The user that a payload speaks of, best effort and cheap, so that a user's payloads stay together and in order:
/// <c>duid</c>, else <c>uid</c>, else the network user id that the client has, else a hash of address and user agent.
/// Nothing depends on its being right.
/// </summary>
internal static class PartitionKey
{
    // Event Hubs takes 128 characters.
    private const int MaxLength = 100;

    /// <summary>The key of a payload, at most 100 characters.</summary>
    /// <param name="query">The raw query string.</param>
    /// <param name="body">The body; where it is JSON, its first <c>"duid":"…"</c> or <c>"uid":"…"</c> counts.</param>
    /// <param name="clientId">The network user id, if the client sent one.</param>
    /// <param name="address">The client's address.</param>
    /// <param name="userAgent">The client's user agent, or null.</param>
    public static string Of(ReadOnlySpan<char> query, ReadOnlySpan<byte> body, string? clientId, string address, string? userAgent)
    {
        var key = QueryParameter.Find(query, "duid") ?? JsonString(body, "\"duid\""u8)
            ?? QueryParameter.Find(query, "uid") ?? JsonString(body, "\"uid\""u8)
            ?? clientId;
        if (key is null) return Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes($"{address} {userAgent}")).AsSpan(0, 16));
        return key.Length <= MaxLength ? key : key[..MaxLength];
    }

    // The text between the quotation marks after the first such name; escapes stay as they are.
    private static string? JsonString(ReadOnlySpan<byte> json, ReadOnlySpan<byte> quotedName)
    {
        while (true)
        {
            var at = json.IndexOf(quotedName);
            if (at < 0) return null;
            json = json[(at + quotedName.Length)..];
            var value = json.TrimStart(" \t\r\n"u8);
            if (!value.StartsWith(":"u8)) continue;
            value = value[1..].TrimStart(" \t\r\n"u8);
            if (!value.StartsWith("\""u8)) continue;
            value = value[1..];
            var end = value.IndexOf((byte)'"');
            if (end > 0) return Encoding.UTF8.GetString(value[..Math.Min(end, MaxLength)]);
        }
    }
}
