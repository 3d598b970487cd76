using System.Reflection;
using Microsoft.AspNetCore.Http;
using Snowplow.Events.Collector;
using Snowplow.Streams;

namespace Snowplow.Collector.Requests;

/// <summary>Makes the collector payload of a request: spec §3.</summary>
internal sealed class PayloadBuilder
{
    // <short name>-<version>-<sink>, as v_collector has it.
    private readonly string _collector;

    public PayloadBuilder(IRawStream stream)
    {
        var version = typeof(PayloadBuilder).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;
        _collector = $"snowplow-orleans-{version.Split('+')[0]}-{stream.GetType().Name.ToLowerInvariant()}";
    }

    /// <summary>The payload. Its body refers to the buffer of <paramref name="body"/>.</summary>
    public CollectorPayload Build(HttpRequest request, string query, Visitor visitor, RequestBody body, DateTimeOffset receivedAt)
    {
        var contentType = HeaderText.Decode(request.ContentType)?.ToLowerInvariant();
        return new CollectorPayload
        {
            IpAddress = visitor.IsAnonymous ? ClientAddress.Unknown : visitor.Address,
            TimestampMs = receivedAt.ToUnixTimeMilliseconds(),
            Encoding = "UTF-8",
            Collector = _collector,
            UserAgent = visitor.UserAgent,
            RefererUri = HeaderText.Decode(request.Headers.Referer.FirstOrDefault()),
            Path = request.Path.ToUriComponent(),
            Querystring = query,
            Body = body.Bytes,
            Headers = PayloadHeaders.Of(request.Headers, visitor.IsAnonymous, body.IsDecoded, contentType),
            ContentType = contentType,
            Hostname = request.Host.HasValue ? request.Host.Host : null,
            NetworkUserId = visitor.Id.Value,
            Schema = CollectorPayload.SchemaUri,
        };
    }
}
