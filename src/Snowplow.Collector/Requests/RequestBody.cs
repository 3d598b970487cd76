using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using Snowplow.Collector.Responses;
using Snowplow.Streams;

namespace Snowplow.Collector.Requests;

/// <summary>Reads the body of a request into a pooled buffer, whole or not at all.</summary>
internal sealed class RequestBody(CollectorOptions options, ByteBudget held, TimeProvider time) : IDisposable
{
    private const int MinCapacity = 1 << 10;
    private const int MaxFirstCapacity = 64 << 10;

    private BodyBuffer? _arrived;
    private BodyBuffer? _decoded;

    /// <summary>The body after content decoding; null if the request's method has none.</summary>
    public ReadOnlyMemory<byte>? Bytes => (_decoded ?? _arrived)?.Written;

    /// <summary>Whether a content encoding was undone.</summary>
    public bool IsDecoded => _decoded is not null;

    /// <summary>Reads all of it; null if it is complete and within its limits.</summary>
    public async ValueTask<Rejection?> ReadAsync(HttpRequest request)
    {
        if (ContentDecoder.Of(request.Headers.ContentEncoding) is not { } encoding) return Rejection.UnknownEncoding;
        if (request.ContentLength > options.MaxBodyBytes) return Rejection.TooLarge;
        _arrived = new BodyBuffer((int)Math.Clamp(request.ContentLength ?? 0, MinCapacity, MaxFirstCapacity), options.MaxBodyBytes, held);
        if (await ReceiveAsync(request.BodyReader, _arrived).ConfigureAwait(false) is { } rejection) return rejection;
        if (encoding == ContentEncoding.None) return null;
        _decoded = new BodyBuffer(_arrived.Written.Length * 2, options.MaxBodyBytes, held);
        return ContentDecoder.Decode(encoding, _arrived.Written, _decoded);
    }

    public void Dispose()
    {
        _arrived?.Dispose();
        _decoded?.Dispose();
    }

    private async ValueTask<Rejection?> ReceiveAsync(PipeReader reader, BodyBuffer body)
    {
        ITimer? timeout = null;
        Rejection? refused = null;
        try
        {
            while (true)
            {
                var pending = reader.ReadAsync();
                // Most bodies are there with their headers and never wait.
                if (!pending.IsCompleted) timeout ??= time.CreateTimer(Cancel, reader, options.BodyTimeout, Timeout.InfiniteTimeSpan);
                var result = await pending.ConfigureAwait(false);
                if (result.IsCanceled) return refused ?? Rejection.TimedOut;
                // What is refused is read to its end all the same, and thrown away: a client that is still sending when the
                // connection closes would see that instead of the answer, and send again.
                foreach (var part in result.Buffer) refused ??= body.Append(part.Span);

                reader.AdvanceTo(result.Buffer.End);
                if (result.IsCompleted) return refused;
            }
        }
        catch (BadHttpRequestException e)
        {
            return Rejection.Malformed(e.StatusCode);
        }
        catch (Exception e) when (e is ConnectionResetException or ConnectionAbortedException or OperationCanceledException)
        {
            return Rejection.Aborted;
        }
        finally
        {
            if (timeout is not null) await timeout.DisposeAsync().ConfigureAwait(false);
        }
    }

    private static void Cancel(object? reader) => ((PipeReader)reader!).CancelPendingRead();
}
