using Microsoft.AspNetCore.Http;
using Snowplow.Collector.Cookies;

namespace Snowplow.Collector.Requests;

/// <summary>The field <c>headers</c> of the collector payload: spec §3.</summary>
internal static class PayloadHeaders
{
    /// <summary>
    /// Every header as <c>Name: value</c>, those that identify an anonymous visitor left out, cookies filtered, and last
    /// the bare content type. Kestrel gives known headers before others, each kind in the order of arrival.
    /// </summary>
    /// <param name="headers">The request's headers.</param>
    /// <param name="visitor">Who sent them.</param>
    /// <param name="decoded">Whether the content encoding was undone, so that its header would mislead.</param>
    /// <param name="forwardingKept">
    /// Whether what proxies and clients say about addresses is kept. Otherwise only the address found stands in its place:
    /// enrich reads these headers again, and would believe forged ones.
    /// </param>
    /// <param name="contentType">The content type in lower case, or null.</param>
    public static List<string> Of(IHeaderDictionary headers, in Visitor visitor, bool decoded, bool forwardingKept, string? contentType)
    {
        var lines = new List<string>(headers.Count + 1);
        foreach (var (name, values) in headers)
        {
            if (IsLeftOut(name, visitor.IsAnonymous, decoded)) continue;
            if (!forwardingKept && IsForwarding(name)) continue;
            var isCookie = name.Equals("Cookie", StringComparison.OrdinalIgnoreCase);
            foreach (var value in values)
            {
                if (!isCookie) lines.Add($"{name}: {HeaderText.Decode(value)}");
                else if (CookieHeader.Filter(value ?? "") is { } cookies) lines.Add($"Cookie: {cookies}");
            }
        }

        if (!forwardingKept && !visitor.IsAnonymous && visitor.Address != ClientNetwork.Unknown) lines.Add($"X-Forwarded-For: {visitor.Address}");
        if (contentType is not null) lines.Add(contentType);
        return lines;
    }

    private static bool IsLeftOut(string name, bool anonymous, bool decoded)
    {
        // HTTP/2's pseudo headers are no headers of the request.
        if (name.StartsWith(':')) return true;
        if (decoded && name.Equals("Content-Encoding", StringComparison.OrdinalIgnoreCase)) return true;
        return anonymous && (name.Equals("Cookie", StringComparison.OrdinalIgnoreCase) || IsForwarding(name));
    }

    private static bool IsForwarding(string name) =>
        name.Equals("X-Forwarded-For", StringComparison.OrdinalIgnoreCase)
        || name.Equals("Forwarded", StringComparison.OrdinalIgnoreCase)
        || name.Equals("X-Real-Ip", StringComparison.OrdinalIgnoreCase);
}
