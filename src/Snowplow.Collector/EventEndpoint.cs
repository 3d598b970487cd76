using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Snowplow.Collector.Cookies;
using Snowplow.Collector.Requests;
using Snowplow.Collector.Responses;
using Snowplow.Streams;

namespace Snowplow.Collector;

/// <summary>
/// What a request with events goes through, from its first byte to the answer (spec §2). The answer is 200 or 302 only once
/// the payload is durable; whatever ends earlier stores nothing, except that a 503 may be for a payload that was stored.
/// </summary>
internal sealed class EventEndpoint(
    IOptions<CollectorOptions> options, ClientNetwork network, RequestChecks checks, PayloadBuilder payloads, RawAppend raw, CollectorMetrics metrics)
{
    private readonly CollectorOptions _options = options.Value;
    private readonly CollectorCookie _cookie = new(options.Value.Cookie);
    private readonly RedirectTarget _redirects = new(options.Value.Redirects);
    private readonly ByteBudget _held = new(options.Value.MaxHeldBytes);

    /// <summary>Whether a request's own path, not a path mapped to it, is one of redirects.</summary>
    public bool IsDefaultRedirect(HttpContext context) =>
        context.Request.Path.Value!.StartsWith(RedirectTarget.PathPrefix, StringComparison.Ordinal) && !_options.Paths.ContainsKey(context.Request.Path.Value);

    /// <summary>Collects from <c>GET</c>, <c>HEAD</c> and <c>POST</c>.</summary>
    public async Task CollectAsync(HttpContext context)
    {
        metrics.Received();
        CorsHeaders.Write(context);
        var receivedAt = checks.Time.GetUtcNow();
        var address = network.Of(context);
        using var body = new RequestBody(_options, _held, checks.Time);
        var query = context.Request.QueryString is { HasValue: true, Value: { } text } ? text[1..] : "";
        var isPost = HttpMethods.IsPost(context.Request.Method);
        var refused = checks.Rate(address)
            ?? (isPost ? await body.ReadAsync(context.Request).ConfigureAwait(false) : null)
            ?? checks.App(query, body.Bytes);
        if (refused is not null)
        {
            await RejectAsync(context, refused).ConfigureAwait(false);
            return;
        }

        var path = _options.Paths.GetValueOrDefault(context.Request.Path.Value!) ?? context.Request.Path.ToUriComponent();
        var isRedirect = path.StartsWith(RedirectTarget.PathPrefix, StringComparison.Ordinal);
        if (checks.DoNotTrack(context.Request.Headers))
        {
            metrics.NotTracked();
            await (isRedirect ? RedirectAsync(context, _redirects.Fill(query, NetworkUserId.Anonymous.Value))
                : isPost ? FixedResponse.OkAsync(context)
                : FixedResponse.PixelAsync(context)).ConfigureAwait(false);
            return;
        }

        var visitor = Visitor.Of(context, query, address, _cookie, checks.HasBounced(query) ? _options.CookieBounce.FallbackNetworkUserId : null);
        if (isRedirect) query = _redirects.Fill(query, visitor.Id.Value);
        var bounces = !isPost && !isRedirect && checks.Bounces(visitor, query);
        if (!bounces && !await raw.TryAppendAsync(payloads.Build(context.Request, path, query, visitor, body, receivedAt), visitor).ConfigureAwait(false))
        {
            await RejectAsync(context, Rejection.Unavailable).ConfigureAwait(false);
            return;
        }

        _cookie.Write(context.Response, visitor.Cookie, visitor.Id, visitor.IsAnonymous, context.Request.Headers.Origin, receivedAt);
        await (bounces ? BounceAsync(context, query)
            : isRedirect ? RedirectAsync(context, query)
            : isPost ? FixedResponse.OkAsync(context)
            : FixedResponse.PixelAsync(context)).ConfigureAwait(false);
    }

    private Task RedirectAsync(HttpContext context, string query) =>
        _redirects.Of(query) is { } target ? FixedResponse.RedirectAsync(context, target) : RejectAsync(context, Rejection.BadRedirect);

    // Relative, so that scheme and host stay those that the browser sees, whatever proxies make of them.
    private Task BounceAsync(HttpContext context, string query)
    {
        metrics.Bounced();
        var start = query.Length == 0 ? "" : $"{query}&";
        return FixedResponse.RedirectAsync(context, $"{context.Request.PathBase.ToUriComponent()}{context.Request.Path.ToUriComponent()}?{start}{_options.CookieBounce.Name}=true");
    }

    private Task RejectAsync(HttpContext context, Rejection rejection)
    {
        metrics.Rejected(rejection);
        if (rejection != Rejection.Aborted) return FixedResponse.RejectAsync(context, rejection);
        context.Abort();
        return Task.CompletedTask;
    }
}
