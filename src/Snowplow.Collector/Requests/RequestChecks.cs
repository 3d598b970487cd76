using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Snowplow.Collector.Cookies;
using Snowplow.Collector.Responses;

namespace Snowplow.Collector.Requests;

/// <summary>The reasons for which a request is not stored although it could be.</summary>
internal sealed class RequestChecks(CollectorOptions options, TimeProvider time)
{
    private readonly AppIds _appIds = new(options.AppIds);
    private readonly RateLimit _rate = new(options.RateLimit, time);
    private readonly Regex? _doNotTrack = options.DoNotTrackCookie.Enabled ? options.DoNotTrackCookie.Pattern() : null;

    /// <summary>The clock by which requests are judged.</summary>
    public TimeProvider Time => time;

    /// <summary>Refuses an address that sends too much.</summary>
    public Rejection? Rate(IPAddress? address) => _rate.TryPass(address) ? null : Rejection.TooMany;

    /// <summary>Refuses events of apps that are not taken.</summary>
    public Rejection? App(string query, ReadOnlyMemory<byte>? body) => _appIds.Allow(query, body.GetValueOrDefault().Span) ? null : Rejection.ForeignApp;

    /// <summary>Whether the visitor has the cookie that forbids tracking.</summary>
    public bool DoNotTrack(IHeaderDictionary headers) =>
        _doNotTrack is not null && CookieHeader.Find(headers.Cookie, options.DoNotTrackCookie.Name) is { } value && _doNotTrack.IsMatch(value);

    /// <summary>Whether a pixel has been sent back already.</summary>
    public bool HasBounced(string query) => options.CookieBounce.Enabled && QueryParameter.Find(query, options.CookieBounce.Name) is not null;

    /// <summary>Whether a pixel is to be sent back, since its client has no id yet.</summary>
    public bool Bounces(in Visitor visitor, string query) =>
        options.CookieBounce.Enabled && !visitor.IsAnonymous && !visitor.Id.IsFromClient && !HasBounced(query);
}
