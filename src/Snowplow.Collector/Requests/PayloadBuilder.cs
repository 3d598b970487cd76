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

    private readonly bool _trustsEveryone;

    public PayloadBuilder(IRawStream stream, ClientNetwork network)
    {
        _trustsEveryone = network.TrustsEveryone;
        var version = typeof(PayloadBuilder).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;
        _collector = $"snowplow-orleans-{version.Split('+')[0]}-{stream.GetType().Name.ToLowerInvariant()}";
    }

    /// <summary>The payload. Its body refers to the buffer of <paramref name="body"/>.</summary>
    public CollectorPayload Build(HttpRequest request, string path, string query, Visitor visitor, RequestBody body, DateTimeOffset receivedAt)
    {
        var contentType = HeaderText.Decode(request.ContentType)?.ToLowerInvariant();
        return new CollectorPayload
        {
            IpAddress = visitor.IsAnonymous ? ClientNetwork.Unknown : visitor.Address,
            TimestampMs = receivedAt.ToUnixTimeMilliseconds(),
            Encoding = "UTF-8",
            Collector = _collector,
            UserAgent = visitor.UserAgent,
            RefererUri = HeaderText.Decode(request.Headers.Referer.FirstOrDefault()),
            Path = path,
            Querystring = query,
            Body = body.Bytes,
            Headers = PayloadHeaders.Of(request.Headers, visitor, body.IsDecoded, _trustsEveryone, contentType),
            ContentType = contentType,
            Hostname = request.Host.HasValue ? request.Host.Host : null,
            NetworkUserId = visitor.Id.Value,
            Schema = CollectorPayload.SchemaUri,
        };
    }
}
