using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Snowplow.Streams;

namespace Snowplow.Collector.Tests;

/// <summary>A collector on a real socket of the loopback interface, beside an endpoint of somebody else.</summary>
internal sealed class CollectorServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private CollectorServer(WebApplication app)
    {
        _app = app;
        Address = new Uri(app.Urls.Single());
        Client = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false, ActivityHeadersPropagator = null }) { BaseAddress = Address };
    }

    public Uri Address { get; }

    public HttpClient Client { get; }

    /// <summary>The stream of a server that was started with one of this kind.</summary>
    public RecordingStream Recorded => (RecordingStream)Service<IRawStream>();

    public static async Task<CollectorServer> StartAsync(IRawStream stream, TimeProvider? time = null, params (string Key, string Value)[] settings)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Configuration.AddInMemoryCollection(settings.Select(s => KeyValuePair.Create<string, string?>($"Collector:{s.Key}", s.Value)));
        builder.Services.AddSingleton(stream);
        builder.Services.AddSingleton(time ?? TimeProvider.System);
        builder.Services.AddSnowplowCollector(builder.Configuration.GetSection(CollectorOptions.Section).Get<CollectorOptions>() ?? new CollectorOptions());
        var app = builder.Build();
        app.MapSnowplowCollector();
        app.MapGet("/api/live", () => "live");
        app.MapPost("/v1/rest/query", () => "rows");
        app.MapGet("/", () => "dashboard");
        await app.StartAsync();
        return new CollectorServer(app);
    }

    public T Service<T>()
        where T : notnull => _app.Services.GetRequiredService<T>();

    public async Task<HttpResponseMessage> SendAsync(string method, string target, string? body = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), target);
        if (body is not null) request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        foreach (var (name, value) in headers)
            if (!request.Headers.TryAddWithoutValidation(name, value)) request.Content!.Headers.TryAddWithoutValidation(name, value);
        return await Client.SendAsync(request);
    }

    /// <summary>A connection on which a test says what it likes.</summary>
    public async Task<NetworkStream> ConnectAsync()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, Address.Port);
        return new NetworkStream(socket, ownsSocket: true);
    }

    /// <summary>Sends bytes and reads until the server closes the connection.</summary>
    /// <param name="request">A request after which the server closes, or any bytes.</param>
    /// <param name="hangUp">Whether the client says that nothing more will come; the server may then leave out its answer.</param>
    /// <returns>The answer as Latin-1; empty if the server closed without one.</returns>
    public async Task<string> SendRawAsync(ReadOnlyMemory<byte> request, bool hangUp = false)
    {
        await using var connection = await ConnectAsync();
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var answer = new MemoryStream();
        try
        {
            await connection.WriteAsync(request, timeout.Token);
            if (hangUp) connection.Socket.Shutdown(SocketShutdown.Send);
            await connection.CopyToAsync(answer, timeout.Token);
        }
        catch (IOException)
        {
            // The server may close before it has read all: what it answered until then counts.
        }

        return Encoding.Latin1.GetString(answer.ToArray());
    }

    public Task<string> SendRawAsync(string request, bool hangUp = false) => SendRawAsync(Encoding.Latin1.GetBytes(request), hangUp);

    /// <summary>Tells the server to stop, and waits until it has.</summary>
    public Task StopAsync() => _app.StopAsync();

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
