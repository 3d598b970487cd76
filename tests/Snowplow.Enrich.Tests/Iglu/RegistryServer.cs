using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Snowplow.Enrich.Iglu;

namespace Snowplow.Enrich.Tests.Iglu;

/// <summary>An HTTP registry on a local socket that answers as a test tells it to.</summary>
public sealed class RegistryServer : IAsyncDisposable
{
    private readonly HttpListener _listener = new();
    private readonly Func<HttpListenerContext, Task> _answer;
    private readonly Task _serving;

    public RegistryServer(Func<HttpListenerContext, Task> answer)
    {
        _answer = answer;
        Address = new Uri($"http://127.0.0.1:{FreePort()}/registry/");
        _listener.Prefixes.Add(Address.AbsoluteUri);
        _listener.Start();
        _serving = ServeAsync();
    }

    public Uri Address { get; }

    public RegistryOptions Options => new() { Name = "Server", Uri = Address, ApiKey = "secret" };

    /// <summary>Path and apikey of each request, in the order of arrival.</summary>
    public ConcurrentQueue<(string Path, string? ApiKey)> Requests { get; } = [];

    public static Task Answer(HttpListenerContext context, int status, string body)
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        context.Response.StatusCode = status;
        context.Response.ContentLength64 = bytes.Length;
        context.Response.Close(bytes, willBlock: false);
        return Task.CompletedTask;
    }

    /// <summary>A port on which nothing listens.</summary>
    public static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _serving;
        _listener.Close();
    }

    private async Task ServeAsync()
    {
        while (_listener.IsListening)
        {
            HttpListenerContext context;
            try
            {
                context = await _listener.GetContextAsync();
            }
            catch (Exception stopped) when (stopped is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            Requests.Enqueue((context.Request.Url!.AbsolutePath, context.Request.Headers["apikey"]));
            _ = _answer(context);
        }
    }
}
