using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Snowplow.Collector.Responses;
using Snowplow.Streams;

namespace Snowplow.Collector;

/// <summary>Maps the collector's routes: spec §1.</summary>
public static class CollectorRoutes
{
    internal const string ReservedVendor = "api";

    /// <summary>
    /// Maps the tracker protocol, pixels, health, readiness and robots.txt. Any path of two segments that nothing else
    /// maps takes events, except below <c>/api</c>. Preflights are answered on the collector's routes and on paths that
    /// belong to nobody; other endpoints keep their own rules, so that no foreign page gets at them. The routes
    /// are marked as open to everyone, for hosts that ask the others for a key.
    /// </summary>
    public static WebApplication MapSnowplowCollector(this WebApplication app)
    {
        var events = app.Services.GetRequiredService<EventEndpoint>();
        var stream = app.Services.GetRequiredService<IRawStream>();
        var draining = app.Services.GetRequiredService<Draining>();
        var options = app.Services.GetRequiredService<IOptions<CollectorOptions>>().Value;
        var maxAge = options.AccessControlMaxAge;

        app.Use((context, next) => IsPreflight(context) && context.GetEndpoint() is null ? CorsHeaders.PreflightAsync(context, maxAge) : next(context));
        var open = app.MapGroup("").AllowAnonymous().ExcludeFromDescription();
        open.Map("/{vendor}/{version}", context => IsEventPath(context) ? Event(context) : FixedResponse.NotFoundAsync(context));
        open.Map("/i", context => Answer(context, events.CollectAsync, "GET", "HEAD"));
        open.Map("/ice.png", context => Answer(context, events.CollectAsync, "GET", "HEAD"));
        open.Map("/health", context => Answer(context, FixedResponse.OkAsync, "GET", "HEAD"));
        open.Map("/sink-health", context => Answer(context, ReadinessAsync, "GET", "HEAD"));
        open.Map("/ready", context => Answer(context, ReadinessAsync, "GET", "HEAD"));
        open.Map("/robots.txt", context => Answer(context, FixedResponse.RobotsAsync, "GET", "HEAD"));
        var pages = new ConfiguredPages(options.RootResponse, options.CrossDomain);
        // Before a dashboard that is there as well.
        if (options.RootResponse.Enabled) open.Map("/", context => Answer(context, pages.RootAsync, "GET", "HEAD")).WithOrder(-1);
        if (options.CrossDomain.Enabled) open.Map("/crossdomain.xml", context => Answer(context, pages.CrossDomainAsync, "GET", "HEAD"));
        return app;

        Task ReadinessAsync(HttpContext context) => stream.Problem is null && !draining.HasBegun ? FixedResponse.OkAsync(context) : FixedResponse.NotReadyAsync(context);

        Task Event(HttpContext context)
        {
            // Whatever the method: a redirect that is off is not there.
            return !options.Redirects.Enabled && events.IsDefaultRedirect(context) && !IsPreflight(context)
                ? FixedResponse.RejectAsync(context, Rejection.RedirectsDisabled)
                : Answer(context, events.CollectAsync, "POST", "GET", "HEAD");
        }

        Task Answer(HttpContext context, RequestDelegate answer, params ReadOnlySpan<string> methods)
        {
            if (IsPreflight(context)) return CorsHeaders.PreflightAsync(context, maxAge);
            return methods.Contains(context.Request.Method) ? answer(context) : FixedResponse.NotFoundAsync(context);
        }
    }

    private static bool IsPreflight(HttpContext context) => HttpMethods.IsOptions(context.Request.Method);

    // Routing takes /a/b/ for /a/b; trackers' paths have exactly two segments.
    private static bool IsEventPath(HttpContext context) =>
        !context.Request.Path.Value!.EndsWith('/')
        && !ReservedVendor.Equals(context.Request.RouteValues["vendor"] as string, StringComparison.OrdinalIgnoreCase);
}
