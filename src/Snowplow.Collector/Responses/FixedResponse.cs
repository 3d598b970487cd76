using System.Text;
using Microsoft.AspNetCore.Http;

namespace Snowplow.Collector.Responses;

/// <summary>The answers whose bodies never differ.</summary>
internal static class FixedResponse
{
    private const string PlainText = "text/plain; charset=UTF-8";
    private const string RetryAfterSeconds = "5";

    private static readonly byte[] OkBytes = "ok"u8.ToArray();
    private static readonly byte[] NotFoundBytes = "Not found"u8.ToArray();
    private static readonly byte[] UnavailableBytes = "Service Unavailable"u8.ToArray();

    private static readonly byte[] RobotsBytes =
        "User-agent: *\nDisallow: /\n\nUser-agent: Googlebot\nDisallow: /\n\nUser-agent: AdsBot-Google\nDisallow: /\n"u8.ToArray();

    // A transparent GIF of one pixel: 43 bytes, Snowplow's own.
    private static readonly byte[] PixelBytes = Convert.FromBase64String("R0lGODlhAQABAPAAAP///wAAACH5BAUAAAAALAAAAAABAAEAAAICRAEAOw==");

    /// <summary>200 <c>ok</c>.</summary>
    public static Task OkAsync(HttpContext context) => WriteAsync(context, 200, PlainText, OkBytes);

    /// <summary>200 with the pixel, not to be cached.</summary>
    public static Task PixelAsync(HttpContext context)
    {
        context.Response.Headers.CacheControl = "no-cache, no-store, must-revalidate";
        return WriteAsync(context, 200, "image/gif", PixelBytes);
    }

    /// <summary>200, all robots kept out.</summary>
    public static Task RobotsAsync(HttpContext context) => WriteAsync(context, 200, PlainText, RobotsBytes);

    /// <summary>302; the cookies and CORS headers are the caller's.</summary>
    public static Task RedirectAsync(HttpContext context, string location)
    {
        context.Response.StatusCode = 302;
        context.Response.Headers.Location = location;
        context.Response.ContentLength = 0;
        return Task.CompletedTask;
    }

    /// <summary>404.</summary>
    public static Task NotFoundAsync(HttpContext context) => WriteAsync(context, 404, PlainText, NotFoundBytes);

    /// <summary>503 of the readiness check.</summary>
    public static Task NotReadyAsync(HttpContext context) => WriteAsync(context, 503, PlainText, UnavailableBytes);

    /// <summary>A request not accepted; with 503 and 429 goes the time after which to try again.</summary>
    public static Task RejectAsync(HttpContext context, Rejection rejection)
    {
        if (rejection.Status is 503 or 429) context.Response.Headers.RetryAfter = RetryAfterSeconds;
        return WriteAsync(context, rejection.Status, PlainText, Encoding.UTF8.GetBytes(rejection.Text));
    }

    /// <summary>Writes an answer; its body is left out for <c>HEAD</c>.</summary>
    public static Task WriteAsync(HttpContext context, int status, string contentType, byte[] body)
    {
        var response = context.Response;
        response.StatusCode = status;
        response.ContentType = contentType;
        response.ContentLength = body.Length;
        return HttpMethods.IsHead(context.Request.Method) ? Task.CompletedTask : response.BodyWriter.WriteAsync(body).AsTask();
    }
}
