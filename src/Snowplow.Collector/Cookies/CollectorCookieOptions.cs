using System.Buffers;

namespace Snowplow.Collector.Cookies;

/// <summary>The cookie of the network user id: spec §4, with Snowplow's defaults.</summary>
public sealed record CollectorCookieOptions
{
    // RFC 6265 gives cookie names the tokens of RFC 9110.
    private static readonly SearchValues<char> NameCharacters =
        SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    private static readonly SearchValues<char> DomainCharacters =
        SearchValues.Create("-.0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    private static readonly string[] SameSiteValues = ["none", "lax", "strict", ""];

    /// <summary>Whether the cookie is set. One that a client has is read in any case.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>The cookie's name.</summary>
    public string Name { get; init; } = "sp";

    /// <summary>How long the cookie lives after the last request.</summary>
    public TimeSpan Expiration { get; init; } = TimeSpan.FromDays(365);

    /// <summary>Domains for the attribute <c>Domain</c>: the first that the request's <c>Origin</c> is or is below.</summary>
    public IReadOnlyList<string> Domains { get; init; } = [];

    /// <summary>The domain where none of <see cref="Domains"/> fits; null leaves the attribute out.</summary>
    public string? FallbackDomain { get; init; }

    /// <summary>Whether browsers send the cookie over HTTPS only (and to localhost).</summary>
    public bool Secure { get; init; } = true;

    /// <summary>Whether scripts cannot read the cookie.</summary>
    public bool HttpOnly { get; init; } = true;

    /// <summary><c>None</c> (which forces <see cref="Secure"/>), <c>Lax</c>, <c>Strict</c>, or empty to leave the attribute out.</summary>
    public string SameSite { get; init; } = "None";

    /// <summary>The name of a second cookie, equal but readable by scripts; null for none.</summary>
    public string? ClientCookieName { get; init; }

    internal IEnumerable<string> Validate()
    {
        if (!IsName(Name)) yield return $"{nameof(Name)} must be a cookie name, is '{Name}'";
        if (ClientCookieName is { } client && (!IsName(client) || client == Name))
            yield return $"{nameof(ClientCookieName)} must be a cookie name other than {nameof(Name)}, is '{client}'";
        if (Expiration <= TimeSpan.Zero || Expiration > TimeSpan.FromDays(36500))
            yield return $"{nameof(Expiration)} must be more than zero and at most 100 years, is {Expiration}";
        foreach (var domain in FallbackDomain is null ? Domains : [.. Domains, FallbackDomain])
        {
            if (domain.Length == 0 || domain[0] == '.' || domain.AsSpan().ContainsAnyExcept(DomainCharacters))
                yield return $"{nameof(Domains)} must be host names without a leading dot, one is '{domain}'";
        }

        if (!SameSiteValues.Contains(SameSite, StringComparer.OrdinalIgnoreCase))
            yield return $"{nameof(SameSite)} must be None, Lax, Strict or empty, is '{SameSite}'";
    }

    /// <summary>Whether a text is a token, as cookie and header names are.</summary>
    internal static bool IsName(string name) => name.Length > 0 && !name.AsSpan().ContainsAnyExcept(NameCharacters);
}
