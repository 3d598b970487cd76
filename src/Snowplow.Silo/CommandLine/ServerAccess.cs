using System.CommandLine;
using System.Net;
using Snowplow.Silo.Serve;

namespace Snowplow.Silo.CommandLine;

/// <summary>The options of commands that ask a running server: where it is, and its key.</summary>
internal static class ServerAccess
{
    /// <summary>Where a server is unless told.</summary>
    public const string DefaultUrl = "http://localhost:8080";

    /// <summary>The server's address.</summary>
    public static readonly Option<string?> Url = new("--url", "--server")
    {
        Description = $"The server. [default: {DefaultUrl}]",
        HelpName = "url",
    };

    /// <summary>The server's key.</summary>
    public static readonly Option<string?> ApiKey = new("--api-key")
    {
        Description = "The server's API key, where it listens beyond its machine. Else from the environment: Snowplow__ApiKey.",
        HelpName = "key",
    };

    /// <summary>A client of the server, which shows the key.</summary>
    /// <exception cref="StartupException">The address is none.</exception>
    public static HttpClient Connect(ParseResult result)
    {
        var url = result.GetValue(Url) ?? DefaultUrl;
        if (!Uri.TryCreate(url, UriKind.Absolute, out var server) || server.Scheme is not ("http" or "https"))
            throw new StartupException($"--url '{url}' is no address such as {DefaultUrl}.");
        // How long a query may take the server says.
        // On the same machine packing only takes time.
        var handler = new HttpClientHandler { AutomaticDecompression = server.IsLoopback ? DecompressionMethods.None : DecompressionMethods.GZip };
        var http = new HttpClient(handler) { BaseAddress = server, Timeout = System.Threading.Timeout.InfiniteTimeSpan };
        if ((result.GetValue(ApiKey) ?? Environment.GetEnvironmentVariable("Snowplow__ApiKey")) is { Length: > 0 } key)
            http.DefaultRequestHeaders.Add("X-Api-Key", key);
        return http;
    }

    /// <summary>What is told where no server answers.</summary>
    public static StartupException Silent(HttpClient http, HttpRequestException failure) =>
        new($"The server {http.BaseAddress} does not answer: {failure.Message} Is it running there? Name it with --url.");

    /// <summary>What is told where the server wants its key.</summary>
    public static StartupException WantsKey() => new("The server asks for its API key: give it with --api-key.");
}
