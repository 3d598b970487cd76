using Snowplow.Collector.Cookies;
using Snowplow.Collector.Requests;

namespace Snowplow.Collector;

/// <summary>The configuration section <c>Collector</c>. Defaults are Snowplow's unless they say otherwise.</summary>
public sealed record CollectorOptions
{
    /// <summary>The name of the section.</summary>
    public const string Section = "Collector";

    /// <summary>
    /// Bytes that a request's body may have, before and after content decoding; beyond it the answer is 413. With its
    /// headers, which <see cref="MaxHeadersBytes"/> bounds, it must fit the raw stream: at most 15 MiB here.
    /// </summary>
    public int MaxBodyBytes { get; init; } = 2 << 20;

    /// <summary>
    /// Bytes that a stored payload may have: a larger POST of several events is stored as several payloads, in order. An event
    /// that is larger alone, and what cannot be split, is acknowledged, stored and becomes a <c>size_violation</c>.
    /// </summary>
    public int MaxPayloadBytes { get; init; } = 1_000_000;

    /// <summary>
    /// Bytes of bodies and of payloads made of them that may be held at one time, over all requests, at least four times
    /// <see cref="MaxBodyBytes"/>; beyond it the answer is 503.
    /// </summary>
    public long MaxHeldBytes { get; init; } = 256L << 20;

    /// <summary>Bytes that a request line may have; beyond it the answer is 414.</summary>
    public int MaxRequestLineBytes { get; init; } = 20480;

    /// <summary>Bytes that all headers of a request may have; beyond it the answer is 431.</summary>
    public int MaxHeadersBytes { get; init; } = 40960;

    /// <summary>
    /// Connections that may be open at one time; further ones are closed at once. Snowplow's 1,024 is too few for browsers
    /// that keep theirs open for <see cref="IdleTimeout"/>.
    /// </summary>
    public int MaxConnections { get; init; } = 20_000;

    /// <summary>How long a connection stays open between requests.</summary>
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromSeconds(610);

    /// <summary>How long the request line and headers may take to arrive; beyond it the answer is 408.</summary>
    public TimeSpan HeadersTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a body may take to arrive; beyond it the answer is 408.</summary>
    public TimeSpan BodyTimeout { get; init; } = TimeSpan.FromSeconds(25);

    /// <summary>How long browsers may remember a preflight's answer, in whole seconds; −1 s forbids it.</summary>
    public TimeSpan AccessControlMaxAge { get; init; } = TimeSpan.FromMinutes(60);

    /// <summary>
    /// How long after the order to stop everything is still served while readiness says no. Snowplow waits 10 seconds; here
    /// it is 0, since a server without a load balancer would only stop later.
    /// </summary>
    public TimeSpan PreTerminationPeriod { get; init; }

    /// <summary>Paths of the user's own, <c>/a/b</c> to <c>/c/d</c>: stored, and acted on, as the second.</summary>
    public IReadOnlyDictionary<string, string> Paths { get; init; } = new Dictionary<string, string>();

    /// <summary>
    /// Networks of the proxies whose <c>X-Forwarded-For</c> and <c>Forwarded</c> are believed. Empty believes everyone, as
    /// Snowplow does; <c>none</c> believes nobody.
    /// </summary>
    public IReadOnlyList<string> TrustedProxies { get; init; } = [];

    /// <summary>The <c>app_id</c>s taken; events of others are refused with 403. Empty takes all.</summary>
    public IReadOnlyList<string> AppIds { get; init; } = [];

    /// <summary>How many requests one address may send.</summary>
    public RateLimitOptions RateLimit { get; init; } = new();

    /// <summary>The cookie that holds the network user id.</summary>
    public CollectorCookieOptions Cookie { get; init; } = new();

    /// <summary>Finding out whether a browser keeps cookies.</summary>
    public CookieBounceOptions CookieBounce { get; init; } = new();

    /// <summary>The cookie by which visitors are not tracked.</summary>
    public DoNotTrackCookieOptions DoNotTrackCookie { get; init; } = new();

    /// <summary>Click redirects.</summary>
    public RedirectOptions Redirects { get; init; } = new();

    /// <summary>The answer at the root.</summary>
    public RootResponseOptions RootResponse { get; init; } = new();

    /// <summary>Flash's policy.</summary>
    public CrossDomainOptions CrossDomain { get; init; } = new();

    /// <summary>Strict transport security.</summary>
    public HstsOptions Hsts { get; init; } = new();

    /// <summary>Lists all that is wrong with these options; empty if nothing is.</summary>
    public IReadOnlyList<string> Validate()
    {
        var errors = new List<string>();
        InRange(MaxBodyBytes, 1, 15 << 20, nameof(MaxBodyBytes));
        InRange(MaxPayloadBytes, 10_000, 15 << 20, nameof(MaxPayloadBytes));
        InRange(MaxHeldBytes, 4L * MaxBodyBytes, long.MaxValue, nameof(MaxHeldBytes));
        InRange(MaxRequestLineBytes, 256, 128 << 10, nameof(MaxRequestLineBytes));
        InRange(MaxHeadersBytes, 1024, 128 << 10, nameof(MaxHeadersBytes));
        InRange(MaxConnections, 1, int.MaxValue, nameof(MaxConnections));
        Positive(IdleTimeout, nameof(IdleTimeout));
        Positive(HeadersTimeout, nameof(HeadersTimeout));
        Positive(BodyTimeout, nameof(BodyTimeout));
        if (AccessControlMaxAge < TimeSpan.FromSeconds(-1)) errors.Add($"{nameof(AccessControlMaxAge)} must be at least -1 second, is {AccessControlMaxAge}");
        if (PreTerminationPeriod < TimeSpan.Zero || PreTerminationPeriod > TimeSpan.FromMinutes(10))
            errors.Add($"{nameof(PreTerminationPeriod)} must be 0 to 10 minutes, is {PreTerminationPeriod}");
        errors.AddRange(Paths.Where(path => !IsEventPath(path.Key) || !IsEventPath(path.Value))
            .Select(path => $"{nameof(Paths)} must map paths of two segments to such, one maps '{path.Key}' to '{path.Value}'"));
        errors.AddRange(TrustedProxies.Where(proxy => proxy != ClientNetwork.Nobody && ClientNetwork.Parse(proxy) is null)
            .Select(proxy => $"{nameof(TrustedProxies)} must be networks such as 10.0.0.0/8, addresses, or {ClientNetwork.Nobody}, one is '{proxy}'"));
        if (Hsts.MaxAge < TimeSpan.Zero) errors.Add($"{nameof(Hsts)}:{nameof(Hsts.MaxAge)} must be at least zero, is {Hsts.MaxAge}");
        Section(nameof(Cookie), Cookie.Validate());
        Section(nameof(CookieBounce), CookieBounce.Validate());
        Section(nameof(DoNotTrackCookie), DoNotTrackCookie.Validate());
        Section(nameof(RateLimit), RateLimit.Validate());
        Section(nameof(Redirects), Redirects.Validate(Redirects.Enabled || Paths.Values.Any(path => path.StartsWith(RedirectTarget.PathPrefix, StringComparison.Ordinal))));
        Section(nameof(RootResponse), RootResponse.Validate());
        return errors;

        void Section(string name, IEnumerable<string> found) => errors.AddRange(found.Select(error => $"{name}:{error}"));

        void InRange(long value, long least, long most, string name)
        {
            if (value < least || value > most) errors.Add($"{name} must be {least} to {most}, is {value}");
        }

        void Positive(TimeSpan value, string name)
        {
            if (value <= TimeSpan.Zero) errors.Add($"{name} must be more than zero, is {value}");
        }
    }

    // Two segments, and nothing that routing would read differently.
    private static bool IsEventPath(string path) =>
        path.Split('/') is ["", { Length: > 0 } vendor, { Length: > 0 } version]
        && !$"{vendor}{version}".AsSpan().ContainsAny("?#%\\ ")
        && !vendor.Equals(CollectorRoutes.ReservedVendor, StringComparison.OrdinalIgnoreCase);
}
