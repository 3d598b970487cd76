using Snowplow.Collector.Cookies;

namespace Snowplow.Collector;

/// <summary>
/// Finding out whether a browser keeps cookies (spec §6): a pixel without a network user id is sent back once with a cookie
/// and a mark in its query string. Off by default.
/// </summary>
public sealed record CookieBounceOptions
{
    /// <summary>Whether pixels bounce.</summary>
    public bool Enabled { get; init; }

    /// <summary>The query parameter that marks a pixel on its return.</summary>
    public string Name { get; init; } = "n3pc";

    /// <summary>The network user id of a pixel that returns without its cookie.</summary>
    public string FallbackNetworkUserId { get; init; } = "00000000-0000-4000-A000-000000000000";

    internal IEnumerable<string> Validate()
    {
        if (!CollectorCookieOptions.IsName(Name) || Uri.EscapeDataString(Name) != Name) yield return $"{nameof(Name)} must be letters, digits, '-', '.', '_' or '~', is '{Name}'";
        if (!Guid.TryParseExact(FallbackNetworkUserId, "D", out _)) yield return $"{nameof(FallbackNetworkUserId)} must be a UUID, is '{FallbackNetworkUserId}'";
    }
}
