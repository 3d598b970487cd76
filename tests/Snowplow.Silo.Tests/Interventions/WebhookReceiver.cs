using System.Collections.Concurrent;

namespace Snowplow.Silo.Tests.Interventions;

/// <summary>A server that takes webhooks' requests, or refuses them.</summary>
internal sealed class WebhookReceiver : IAsyncDisposable
{
    private readonly WebApplication _server;
    private int _refusals;

    private WebhookReceiver(WebApplication server) => _server = server;

    /// <summary>Where it listens.</summary>
    public string Url => _server.Urls.Single() + "/hook";

    /// <summary>The requests, refused ones too.</summary>
    public ConcurrentQueue<(string Signature, string Id, string Attempt, string ContentType, byte[] Body)> Requests { get; } = new();

    /// <summary>Begins to listen.</summary>
    /// <param name="refusals">How many requests it refuses before it takes any.</param>
    public static async Task<WebhookReceiver> StartAsync(int refusals)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var server = builder.Build();
        server.Urls.Add("http://127.0.0.1:0");
        var receiver = new WebhookReceiver(server) { _refusals = refusals };
        server.MapPost("/hook", receiver.TakeAsync);
        await server.StartAsync();
        return receiver;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private async Task<IResult> TakeAsync(HttpRequest request)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body);
        Requests.Enqueue((
            request.Headers["X-Snowplow-Signature"].ToString(), request.Headers["X-Snowplow-Id"].ToString(), request.Headers["X-Snowplow-Attempt"].ToString(),
            request.ContentType ?? "", body.ToArray()));
        return Interlocked.Decrement(ref _refusals) >= 0 ? Results.StatusCode(503) : Results.Ok();
    }
}
