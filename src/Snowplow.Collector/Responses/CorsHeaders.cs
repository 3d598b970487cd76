using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Snowplow.Collector.Responses;

/// <summary>Lets pages of other origins send events and read the answers: spec §5.</summary>
internal static class CorsHeaders
{
    /// <summary>Names the request's origin, or all, as allowed. Belongs on every answer to an event, refusals among them.</summary>
    public static void Write(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.AccessControlAllowOrigin = Origin.First(context.Request.Headers.Origin) ?? "*";
        headers.AccessControlAllowCredentials = "true";
    }

    /// <summary>Answers a preflight.</summary>
    public static Task PreflightAsync(HttpContext context, TimeSpan maxAge)
    {
        Write(context);
        var headers = context.Response.Headers;
        headers.AccessControlAllowHeaders = "Content-Type, SP-Anonymous";
        headers.AccessControlMaxAge = ((long)maxAge.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        headers.ContentLength = 0;
        return Task.CompletedTask;
    }
}
