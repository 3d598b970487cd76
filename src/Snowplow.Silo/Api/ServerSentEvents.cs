using System.Threading.Channels;

namespace Snowplow.Silo.Api;

/// <summary>Answers a request with the events of a channel for as long as the connection lasts.</summary>
internal static class ServerSentEvents
{
    // Long enough to cost nothing, and shorter than proxies wait.
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(20);

    /// <summary>Writes until the watcher goes or the server stops. A comment line breaks silences, so that a connection that has ended is noticed.</summary>
    public static async Task WriteAsync(HttpContext context, ChannelReader<byte[]> messages, CancellationToken stopping)
    {
        context.Response.ContentType = "text/event-stream";
        context.Response.Headers.CacheControl = "no-cache";
        // Proxies that buffer would hold the feed back.
        context.Response.Headers["X-Accel-Buffering"] = "no";
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        try
        {
            await context.Response.StartAsync(ended.Token);
            // Something at once, for clients that wait for the first byte.
            await context.Response.Body.WriteAsync(": watching\n\n"u8.ToArray(), ended.Token);
            while (true)
            {
                var next = messages.WaitToReadAsync(ended.Token).AsTask();
                while (!await HappensAsync(next)) await context.Response.Body.WriteAsync(": \n\n"u8.ToArray(), ended.Token);
                if (!await next) return;
                while (messages.TryRead(out var message)) await context.Response.Body.WriteAsync(message, ended.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // The watcher has gone, or the server stops: both end the feed.
        }
    }

    private static async Task<bool> HappensAsync(Task next)
    {
        try
        {
            await next.WaitAsync(Silence);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }
}
