using System.Text;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Net.Http.Headers;

namespace Snowplow.Silo.Access;

/// <summary>
/// Lets a request pass when its endpoint is open to everyone (<see cref="IAllowAnonymous"/>: the collector's routes and
/// health), when it comes to a server that only this machine can reach, or when it shows the key; answers 401 otherwise.
/// </summary>
/// <remarks>
/// The key comes as <c>Authorization: Bearer KEY</c>, as <c>X-Api-Key: KEY</c>, or as the password of basic
/// authentication with any user name, which is what a browser asks its user for.
/// </remarks>
internal sealed class ApiKeyMiddleware(RequestDelegate next, Lazy<ApiKey> key, Exposure exposure)
{
    private const string HeaderName = "X-Api-Key";

    /// <summary>Handles one request.</summary>
    public Task InvokeAsync(HttpContext context)
    {
        if (IsOpen(context)
            || (exposure.IsLocalOnly && Exposure.IsLocal(context.Request.Host.Host))
            || (Candidate(context.Request) is { } candidate && key.Value.Matches(candidate)))
        {
            return next(context);
        }

        context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        context.Response.Headers.WWWAuthenticate = "Basic realm=\"snowplow\", charset=\"UTF-8\"";
        return context.Response.WriteAsJsonAsync(
            new { error = "An API key is needed: Authorization: Bearer KEY, X-Api-Key: KEY, or basic authentication with the key as password. The server's log says where it is." },
            context.RequestAborted);
    }

    /// <summary>A preflight that no endpoint answers asks for nothing but permissions; the collector grants its own.</summary>
    private static bool IsOpen(HttpContext context) => context.GetEndpoint() is { } endpoint
        ? endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null
        : HttpMethods.IsOptions(context.Request.Method);

    private static string? Candidate(HttpRequest request)
    {
        if (request.Headers.TryGetValue(HeaderName, out var header))
            return header.ToString();
        var authorization = request.Headers[HeaderNames.Authorization].ToString();
        if (authorization.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase))
            return authorization["Bearer ".Length..].Trim();
        return authorization.StartsWith("Basic ", StringComparison.OrdinalIgnoreCase)
            ? Password(authorization["Basic ".Length..].Trim())
            : null;
    }

    private static string? Password(string credentials)
    {
        var bytes = new byte[credentials.Length];
        if (!Convert.TryFromBase64String(credentials, bytes, out var length))
            return null;
        var pair = Encoding.UTF8.GetString(bytes, 0, length);
        var colon = pair.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? null : pair[(colon + 1)..];
    }
}
