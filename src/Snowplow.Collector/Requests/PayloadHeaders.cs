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
    /// <param name="anonymous">Whether the visitor asked for anonymity.</param>
    /// <param name="decoded">Whether the content encoding was undone, so that its header would mislead.</param>
    /// <param name="contentType">The content type in lower case, or null.</param>
    public static List<string> Of(IHeaderDictionary headers, bool anonymous, bool decoded, string? contentType)
    {
        var lines = new List<string>(headers.Count + 1);
        foreach (var (name, values) in headers)
        {
            if (IsLeftOut(name, anonymous, decoded)) continue;
            var isCookie = name.Equals("Cookie", StringComparison.OrdinalIgnoreCase);
            foreach (var value in values)
            {
                if (!isCookie) lines.Add($"{name}: {HeaderText.Decode(value)}");
                else if (CookieHeader.Filter(value ?? "") is { } cookies) lines.Add($"Cookie: {cookies}");
            }
        }

        if (contentType is not null) lines.Add(contentType);
        return lines;
    }

    private static bool IsLeftOut(string name, bool anonymous, bool decoded)
    {
        // HTTP/2's pseudo headers are no headers of the request.
        if (name.StartsWith(':')) return true;
        if (decoded && name.Equals("Content-Encoding", StringComparison.OrdinalIgnoreCase)) return true;
        return anonymous
            && (name.Equals("Cookie", StringComparison.OrdinalIgnoreCase)
                || name.Equals("X-Forwarded-For", StringComparison.OrdinalIgnoreCase)
                || name.Equals("X-Real-Ip", StringComparison.OrdinalIgnoreCase));
    }
}
