using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace Snowplow.Silo.Simulate;

/// <summary>Sends tracker requests over pooled connections. Safe from several threads.</summary>
internal sealed class RequestSender : IDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan FirstRetryDelay = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestRetryDelay = TimeSpan.FromSeconds(2);

    private readonly HttpMessageInvoker _http;
    private readonly Uri _post;
    private readonly string _pixel;

    public RequestSender(Uri collector, int connections)
    {
        // No handler in between: redirects, cookies, proxies and trace headers would cost more than the request itself.
        _http = new HttpMessageInvoker(new SocketsHttpHandler
        {
            MaxConnectionsPerServer = connections,
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            AutomaticDecompression = DecompressionMethods.None,
            ActivityHeadersPropagator = null,
            ConnectTimeout = Timeout,
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30),
        });
        _post = new Uri(collector, "/com.snowplowanalytics.snowplow/tp2");
        _pixel = new Uri(collector, "/i").AbsoluteUri;
    }

    /// <summary>
    /// Sends a request and returns null when it is acknowledged, else the status code or the kind of failure. A 5xx, a
    /// broken connection or no answer within 10 seconds is tried again up to <paramref name="retries"/> times, with
    /// growing delays, until <paramref name="stop"/>; <paramref name="onRetry"/> is told each time.
    /// </summary>
    public async Task<string?> Send(TrackerRequest request, int retries, TimeProvider clock, Action onRetry, CancellationToken stop)
    {
        var delay = FirstRetryDelay;
        for (var attempt = 0; ; attempt++)
        {
            request.Stamp(clock.GetUtcNow().ToUnixTimeMilliseconds());
            var (failure, isTransient) = await SendOnce(request).ConfigureAwait(false);
            if (!isTransient || attempt >= retries || stop.IsCancellationRequested)
                return failure;
            await Task.Delay(delay, clock, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            delay = delay * 2 < LongestRetryDelay ? delay * 2 : LongestRetryDelay;
            onRetry();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private async Task<(string? Failure, bool IsTransient)> SendOnce(TrackerRequest request)
    {
        using var message = Message(request);
        using var timeout = new CancellationTokenSource(Timeout);
        try
        {
            using var response = await _http.SendAsync(message, timeout.Token).ConfigureAwait(false);
            if (response.IsSuccessStatusCode)
                return (null, false);
            var status = (int)response.StatusCode;
            return (status.ToString(CultureInfo.InvariantCulture), status >= 500);
        }
        catch (HttpRequestException exception)
        {
            return (exception.HttpRequestError.ToString(), true);
        }
        catch (OperationCanceledException)
        {
            return ("Timeout", true);
        }
    }

    private HttpRequestMessage Message(TrackerRequest request)
    {
        var client = request.Client;
        var message = request.IsGet
            ? new HttpRequestMessage(HttpMethod.Get, $"{_pixel}?{Encoding.ASCII.GetString(request.Payload.Span)}")
            : new HttpRequestMessage(HttpMethod.Post, _post) { Content = new TrackerContent(request.Payload) };
        message.Headers.TryAddWithoutValidation("User-Agent", client.UserAgent);
        message.Headers.TryAddWithoutValidation("X-Forwarded-For", client.Address);
        if (client.Cookie is { } cookie)
            message.Headers.TryAddWithoutValidation("Cookie", cookie);
        if (client.Origin is { } origin)
            message.Headers.TryAddWithoutValidation("Origin", origin);
        if (client.IsAnonymous)
            message.Headers.TryAddWithoutValidation("SP-Anonymous", "*");
        return message;
    }

    private sealed class TrackerContent : HttpContent
    {
        private static readonly MediaTypeHeaderValue Json = new("application/json", "UTF-8");

        private readonly ReadOnlyMemory<byte> _body;

        public TrackerContent(ReadOnlyMemory<byte> body)
        {
            _body = body;
            Headers.ContentType = Json;
        }

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
            stream.WriteAsync(_body).AsTask();

        protected override bool TryComputeLength(out long length)
        {
            length = _body.Length;
            return true;
        }
    }
}
