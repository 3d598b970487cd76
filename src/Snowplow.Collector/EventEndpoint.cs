using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Snowplow.Collector.Cookies;
using Snowplow.Collector.Requests;
using Snowplow.Collector.Responses;
using Snowplow.Events.Collector;
using Snowplow.Streams;

namespace Snowplow.Collector;

/// <summary>
/// What a request with events goes through, from its first byte to the answer (spec §2). The answer is 200 only once the
/// payload is durable; whatever ends earlier stores nothing, except that a 503 may be for a payload that was stored.
/// </summary>
internal sealed class EventEndpoint(
    IOptions<CollectorOptions> options, IRawStream stream, PayloadBuilder payloads, CollectorMetrics metrics, TimeProvider time)
{
    private const int PayloadOverhead = 4 << 10;

    private readonly CollectorOptions _options = options.Value;
    private readonly CollectorCookie _cookie = new(options.Value.Cookie);
    private readonly ByteBudget _held = new(options.Value.MaxHeldBytes);

    /// <summary>Collects from <c>GET</c>, <c>HEAD</c> and <c>POST</c>.</summary>
    public async Task CollectAsync(HttpContext context)
    {
        metrics.Received();
        CorsHeaders.Write(context);
        var receivedAt = time.GetUtcNow();
        using var body = new RequestBody(_options, _held, time);
        var isPost = HttpMethods.IsPost(context.Request.Method);
        if (isPost && await body.ReadAsync(context.Request).ConfigureAwait(false) is { } bad)
        {
            await RejectAsync(context, bad).ConfigureAwait(false);
            return;
        }

        var query = context.Request.QueryString is { HasValue: true, Value: { } text } ? text[1..] : "";
        var visitor = Visitor.Of(context, query, _cookie);
        var payload = payloads.Build(context.Request, query, visitor, body, receivedAt);
        if (!await TryAppendAsync(payload, visitor).ConfigureAwait(false))
        {
            await RejectAsync(context, Rejection.Unavailable).ConfigureAwait(false);
            return;
        }

        _cookie.Write(context.Response, visitor.Cookie, visitor.Id, visitor.IsAnonymous, context.Request.Headers.Origin, receivedAt);
        await (isPost ? FixedResponse.OkAsync(context) : FixedResponse.PixelAsync(context)).ConfigureAwait(false);
    }

    private async ValueTask<bool> TryAppendAsync(CollectorPayload payload, Visitor visitor)
    {
        var key = PartitionKey.Of(
            payload.Querystring, payload.Body.GetValueOrDefault().Span, visitor.Id.IsFromClient ? visitor.Id.Value : null, visitor.Address, visitor.UserAgent);
        using var thrift = new PooledBuffer(payload.Body.GetValueOrDefault().Length + PayloadOverhead);
        CollectorPayloadWriter.Write(payload, thrift);
        var started = time.GetTimestamp();
        try
        {
            // The payload is whole, so it is stored even if the client leaves now: no token, and the buffer stays ours.
            var payloadId = Guid.CreateVersion7(DateTimeOffset.FromUnixTimeMilliseconds(payload.TimestampMs));
            await stream.AppendAsync(key, payloadId, thrift.Written, CancellationToken.None).ConfigureAwait(false);
        }
        catch (RawStreamUnavailableException)
        {
            // The stream logs why and shows it as its Problem; here each refusal is counted.
            return false;
        }

        metrics.Stored(thrift.Length, time.GetElapsedTime(started));
        return true;
    }

    private Task RejectAsync(HttpContext context, Rejection rejection)
    {
        metrics.Rejected(rejection);
        if (rejection != Rejection.Aborted) return FixedResponse.RejectAsync(context, rejection);
        context.Abort();
        return Task.CompletedTask;
    }
}
