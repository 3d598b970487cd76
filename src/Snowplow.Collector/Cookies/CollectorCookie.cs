using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Snowplow.Collector.Cookies;

/// <summary>Sets the cookie of the network user id, or deletes it: spec §4.</summary>
/// <param name="options">Its name and attributes.</param>
internal sealed class CollectorCookie(CollectorCookieOptions options)
{
    private readonly bool _sameSiteNone = options.SameSite.Equals("none", StringComparison.OrdinalIgnoreCase);
    private readonly string _sameSite = options.SameSite.Length == 0
        ? ""
        : $"; SameSite={CultureInfo.InvariantCulture.TextInfo.ToTitleCase(options.SameSite.ToLowerInvariant())}";

    /// <summary>The cookie's value in a request, valid or not; null if it has none.</summary>
    public string? Read(IHeaderDictionary headers) => CookieHeader.Find(headers.Cookie, options.Name);

    /// <summary>
    /// Adds what the answer to a request says about the cookie: a new term for the id; where the client asked for
    /// anonymity, the end of a cookie that it has.
    /// </summary>
    public void Write(HttpResponse response, string? requestCookie, NetworkUserId id, bool anonymous, StringValues origin, DateTimeOffset now)
    {
        if (!options.Enabled || (anonymous && requestCookie is null)) return;
        var value = anonymous ? "" : id.Value;
        var expires = anonymous ? now - options.Expiration : now + options.Expiration;
        var domain = Domain(origin);
        var cookie = Format(options.Name, value, expires, domain, options.HttpOnly);
        response.Headers.SetCookie = options.ClientCookieName is { } client
            ? new StringValues([cookie, Format(client, value, expires, domain, httpOnly: false)])
            : cookie;
    }

    private string Format(string name, string value, DateTimeOffset expires, string? domain, bool httpOnly)
    {
        var text = new StringBuilder(160);
        text.Append(name).Append('=').Append(value).Append("; Expires=").Append(expires.ToString("R", CultureInfo.InvariantCulture)).Append("; Path=/");
        if (domain is not null) text.Append("; Domain=").Append(domain);
        text.Append(_sameSite);
        // Browsers refuse SameSite=None without Secure.
        if (options.Secure || _sameSiteNone) text.Append("; Secure");
        if (httpOnly) text.Append("; HttpOnly");
        return text.ToString();
    }

    private string? Domain(StringValues origin)
    {
        foreach (var domain in options.Domains)
        {
            if (Origin.AnyHost(origin, domain)) return domain;
        }

        return options.FallbackDomain;
    }
}
