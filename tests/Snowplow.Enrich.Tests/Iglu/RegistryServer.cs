using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Snowplow.Enrich.Iglu;

namespace Snowplow.Enrich.Tests.Iglu;

/// <summary>An HTTP registry on a local socket that answers as a test tells it to.</summary>
public sealed class RegistryServer : IAsyncDisposable
{
    private readonly HttpListener _listener;
    private readonly Func<HttpListenerContext, Task> _answer;
    private readonly Task _serving;

    public RegistryServer(Func<HttpListenerContext, Task> answer)
    {
        _answer = answer;
        (_listener, Address) = Listen();
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

    /// <summary>A port on which nothing listens, below those that the system gives to outgoing connections of other tests.</summary>
    public static int FreePort()
    {
        while (true)
        {
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                socket.Bind(new IPEndPoint(IPAddress.Loopback, Random.Shared.Next(20_000, 30_000)));
                return ((IPEndPoint)socket.LocalEndPoint!).Port;
            }
            catch (SocketException taken) when (taken.SocketErrorCode == SocketError.AddressAlreadyInUse)
            {
                // Another one, then.
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _serving;
        _listener.Close();
    }

    // Another test may take the port between the look and the listening.
    private static (HttpListener Listener, Uri Address) Listen()
    {
        while (true)
        {
            var listener = new HttpListener();
            var address = new Uri($"http://127.0.0.1:{FreePort()}/registry/");
            listener.Prefixes.Add(address.AbsoluteUri);
            try
            {
                listener.Start();
                return (listener, address);
            }
            catch (HttpListenerException)
            {
                listener.Close();
            }
        }
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
            catch (Exception stopped) when (stopped is HttpListenerException or InvalidOperationException)
            {
                // Stopped while it waited, or between the look and the waiting.
                return;
            }

            Requests.Enqueue((context.Request.Url!.AbsolutePath, context.Request.Headers["apikey"]));
            _ = AnswerAsync(context);
        }
    }

    // A test may be over, and the listener stopped, as soon as the client has the answer and before the server is done with it.
    private async Task AnswerAsync(HttpListenerContext context)
    {
        try
        {
            await _answer(context);
        }
        catch (Exception gone) when (gone is HttpListenerException or InvalidOperationException && !_listener.IsListening)
        {
            // Nobody waits for it.
        }
    }
}
