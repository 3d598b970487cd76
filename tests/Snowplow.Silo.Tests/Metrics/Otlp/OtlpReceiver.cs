using System.Threading.Channels;
using Microsoft.AspNetCore.Hosting;

namespace Snowplow.Silo.Tests.Metrics.Otlp;

/// <summary>A receiver of metrics by OTLP over HTTP on a port of its own, as a collector of OpenTelemetry is one.</summary>
internal sealed class OtlpReceiver : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Channel<OtlpMetrics> _exports = Channel.CreateUnbounded<OtlpMetrics>();
    private readonly SemaphoreSlim _attempts = new(0);
    private readonly CancellationTokenSource _end = new();

    private OtlpReceiver(WebApplication app) => _app = app;

    /// <summary>What answers, once the request has been taken note of; none but 200 by default.</summary>
    public Func<CancellationToken, Task<int>> Answer { get; init; } = _ => Task.FromResult(StatusCodes.Status200OK);

    /// <summary>The environment of a process that exports here, every half second.</summary>
    public IReadOnlyDictionary<string, string> Environment => new Dictionary<string, string>
    {
        ["OTEL_EXPORTER_OTLP_ENDPOINT"] = _app.Urls.Single(),
        ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
        ["OTEL_METRIC_EXPORT_INTERVAL"] = "500",
    };

    /// <summary>A receiver that takes everything.</summary>
    public static Task<OtlpReceiver> StartAsync() => StartAsync(app => new OtlpReceiver(app));

    /// <summary>A receiver that answers 503.</summary>
    public static Task<OtlpReceiver> StartRefusingAsync() =>
        StartAsync(app => new OtlpReceiver(app) { Answer = _ => Task.FromResult(StatusCodes.Status503ServiceUnavailable) });

    /// <summary>A receiver that never answers.</summary>
    public static Task<OtlpReceiver> StartSilentAsync() => StartAsync(app => new OtlpReceiver(app) { Answer = SilenceAsync });

    /// <summary>The next export of which something holds. Those before it are gone.</summary>
    public async Task<OtlpMetrics> UntilAsync(Func<OtlpMetrics, bool> holds, CancellationToken stop)
    {
        while (true)
        {
            var export = await _exports.Reader.ReadAsync(stop);
            if (holds(export)) return export;
        }
    }

    /// <summary>Waits until it has been tried to export once more.</summary>
    public Task AttemptedAsync(CancellationToken stop) => _attempts.WaitAsync(stop);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _app.DisposeAsync();
        _end.Dispose();
        _attempts.Dispose();
    }

    private static async Task<OtlpReceiver> StartAsync(Func<WebApplication, OtlpReceiver> create)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var receiver = create(app);
        app.Run(receiver.TakeAsync);
        await app.StartAsync();
        return receiver;
    }

    private static async Task<int> SilenceAsync(CancellationToken end)
    {
        await Task.Delay(Timeout.Infinite, end);
        return 0;
    }

    private async Task TakeAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        _attempts.Release();
        try
        {
            if (context.Request.Path != "/v1/metrics") throw new InvalidDataException($"Metrics do not go to {context.Request.Path}.");
            _exports.Writer.TryWrite(OtlpMetrics.Parse(body.ToArray()));
        }
        catch (Exception damaged) when (damaged is InvalidDataException or InvalidOperationException)
        {
            _exports.Writer.TryComplete(damaged);
        }

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(_end.Token, context.RequestAborted);
        context.Response.StatusCode = await Answer(stop.Token);
    }
}
