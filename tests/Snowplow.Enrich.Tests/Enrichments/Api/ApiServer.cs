using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Snowplow.Enrich.Tests.Iglu;

namespace Snowplow.Enrich.Tests.Enrichments.Api;

/// <summary>A service on a local socket that answers as a test tells it to.</summary>
internal sealed class ApiServer : IAsyncDisposable
{
    private readonly RegistryServer _server;

    public ApiServer() => _server = new RegistryServer(AnswerAsync);

    /// <summary>Its address, with a slash at the end.</summary>
    public string Address => _server.Address.AbsoluteUri;

    /// <summary>What it answers.</summary>
    public Func<HttpListenerContext, Task> Reply { get; set; } = context => Json(context, """{"record":{"name":"Ann","tags":[1,2]}}""");

    /// <summary>Method, path with query, credentials and body of each request.</summary>
    public ConcurrentQueue<(string Method, string Path, string? Authorization, string Body)> Requests { get; } = [];

    public static Task Json(HttpListenerContext context, string body) => RegistryServer.Answer(context, 200, body);

    public static Task Status(HttpListenerContext context, int status) => RegistryServer.Answer(context, status, "{}");

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private async Task AnswerAsync(HttpListenerContext context)
    {
        using var body = new StreamReader(context.Request.InputStream, Encoding.UTF8);
        var path = context.Request.RawUrl!["/registry/".Length..];
        Requests.Enqueue((context.Request.HttpMethod, path, context.Request.Headers["Authorization"], await body.ReadToEndAsync()));
        await Reply(context);
    }
}
