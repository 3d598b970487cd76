namespace Snowplow.Enrich;

/// <summary>The HTTP client for registries, services and downloads, all of which bring their own timeouts.</summary>
public static class OutgoingHttp
{
    // Connections are kept open, so a host whose address changes would be asked at its old one for as long.
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(5);

    /// <summary>Makes a client, which is meant to be the process's only one.</summary>
    /// <remarks>It keeps no cookies: a service would be told that requests about different events come from one visitor.</remarks>
    public static HttpClient NewClient() => new(new SocketsHttpHandler { PooledConnectionLifetime = ConnectionLifetime, UseCookies = false })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };
}
