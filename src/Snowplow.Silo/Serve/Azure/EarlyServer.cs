using Snowplow.Azure;

namespace Snowplow.Silo.Serve;

/// <summary>
/// Answers in the place of the server until that listens itself: health, since the process lives; that it is not ready, and for what it
/// waits; and 503 to all else, so that trackers send again. Loading, services that are away and joining the cluster may take minutes, and a
/// platform ends what does not answer for so long.
/// </summary>
internal sealed class EarlyServer : IHostedService, IAsyncDisposable
{
    private static readonly TimeSpan LeastPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan MostPause = TimeSpan.FromSeconds(16);

    private readonly WebApplication _app;
    private volatile string _waitsFor = "the server starts";

    private EarlyServer(WebApplication app)
    {
        _app = app;
        app.MapGet("/health", () => "ok");
        app.MapGet("/ready", () => NotReady());
        app.MapGet("/sink-health", () => NotReady());
        app.MapFallback((HttpContext context) =>
        {
            context.Response.Headers.RetryAfter = "5";
            return NotReady();
        });
    }

    /// <summary>Listens where the server will.</summary>
    /// <param name="builder">As the server's own.</param>
    /// <param name="stop">Ends the start.</param>
    public static async Task<EarlyServer> StartAsync(WebApplicationBuilder builder, CancellationToken stop)
    {
        var app = builder.Build();
        try
        {
            var early = new EarlyServer(app);
            await app.StartAsync(stop);
            return early;
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }

    /// <summary>Completes when all services have answered.</summary>
    /// <exception cref="IOException">One will not until someone changes something.</exception>
    public async Task UntilAnsweringAsync(IReadOnlyList<AzureService> services, CancellationToken stop)
    {
        var log = _app.Services.GetRequiredService<ILogger<EarlyServer>>();
        for (var pause = LeastPause; ; pause = pause * 2 < MostPause ? pause * 2 : MostPause)
        {
            var answers = await Task.WhenAll(services.Select(async service => (service.Name, Problem: await service.AskAsync(stop))));
            var silent = answers.Where(answer => answer.Problem is not null).ToArray();
            _waitsFor = silent.Length == 0 ? "the server starts" : $"waiting for {string.Join(", ", silent.Select(answer => answer.Name))}";
            if (silent.Length == 0) return;
            foreach (var (name, problem) in silent) log.LogWarning("Waiting for {Service}: {Problem}. Asked again in {Pause}", name, problem, pause);
            await Task.Delay(pause, stop);
        }
    }

    /// <summary>Makes room: registered as the last service in front of the web server, so that it starts when the rest has started.</summary>
    public Task StartAsync(CancellationToken cancellationToken) => _app.StopAsync(cancellationToken);

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private IResult NotReady() => Results.Text($"Service Unavailable: {_waitsFor}", statusCode: 503);
}
