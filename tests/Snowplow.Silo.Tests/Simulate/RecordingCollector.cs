using System.Collections.Concurrent;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Snowplow.Silo.Tests.Simulate;

/// <summary>A collector on a real socket that keeps what it gets and answers as the test says.</summary>
internal sealed class RecordingCollector : IAsyncDisposable
{
    private readonly WebApplication _app;

    private RecordingCollector(WebApplication app) => _app = app;

    /// <summary>Where it listens.</summary>
    public Uri Address { get; private set; } = null!;

    /// <summary>What it got, in the order of arrival.</summary>
    public ConcurrentQueue<RecordedRequest> Requests { get; } = new();

    /// <summary>The answer to each request; 200 unless set.</summary>
    public Func<RecordedRequest, Task<int>> Answer { get; set; } = _ => Task.FromResult(200);

    public static async Task<RecordingCollector> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var collector = new RecordingCollector(app);
        app.Run(collector.HandleAsync);
        await app.StartAsync();
        var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;
        collector.Address = new Uri(addresses.Single());
        return collector;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task HandleAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        var headers = context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        var request = new RecordedRequest(
            context.Request.Method, context.Request.Path, context.Request.QueryString.Value ?? "", headers, body.ToArray());
        Requests.Enqueue(request);
        context.Response.StatusCode = await Answer(request);
        await context.Response.WriteAsync("ok");
    }
}
