using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Unicode;
using Snowplow.Enrich.Uris;
using Snowplow.Events.BadRows;
using Snowplow.Events.Collector;
using Snowplow.Events.Iglu;

namespace Snowplow.Enrich.Payloads;

/// <summary>
/// Reads a raw record: Thrift, path, query string, client address and network user id. What fails here is a
/// <c>collector_payload_format_violation</c>.
/// </summary>
/// <remarks>
/// Where several things are wrong, the first is reported: Snowplow writes one bad row for each, and a replay of them would
/// multiply the payload's events. A body that is not UTF-8 fails here as well: JSON must be, and only this bad row holds its bytes as
/// they came (Snowplow puts U+FFFD in their place and goes on).
/// </remarks>
internal static class PayloadDecoder
{
    private static readonly SchemaCriterion Schema = SchemaCriterion.Parse("iglu:com.snowplowanalytics.snowplow/CollectorPayload/thrift/1-0-*");

    /// <summary>Reads a record and puts its query string into <paramref name="events"/>.</summary>
    /// <param name="record">The serialised payload.</param>
    /// <param name="events">Empty.</param>
    /// <param name="payload">
    /// The payload with the client's address, the canonical network user id and a body that is UTF-8. Where the result is false, the
    /// payload as it came, or null where the bytes are none.
    /// </param>
    /// <param name="api">The adapter that the path names.</param>
    /// <param name="failure">What is wrong, where the result is false.</param>
    public static bool TryDecode(
        ReadOnlyMemory<byte> record,
        RawEvents events,
        [NotNullWhen(true)] out CollectorPayload? payload,
        [NotNullWhen(true)] out ApiPath? api,
        [NotNullWhen(false)] out FailureMessage? failure)
    {
        api = null;
        if (!CollectorPayloadReader.TryRead(record, out payload, out var error))
        {
            failure = new ErrorMessage(error);
            return false;
        }

        failure = payload.IsForget ? new PayloadFieldMessage("payload", null, "must be a tracker's")
            : payload.ExceededLimitBytes is not null ? new PayloadFieldMessage("payload", null, "must be within the collector's limit")
            : Check(payload, events, out api, ref payload);
        return failure is null;
    }

    private static PayloadFieldMessage? Check(CollectorPayload raw, RawEvents events, out ApiPath? api, ref CollectorPayload payload)
    {
        api = null;
        if (raw.Schema != CollectorPayload.SchemaUri && !(SchemaKey.TryParse(raw.Schema, out var key) && Schema.Matches(key)))
            return new PayloadFieldMessage("schema", raw.Schema, $"must match {Schema.ToUri()}");
        if (raw.Encoding is { } encoding && !encoding.Equals("UTF-8", StringComparison.OrdinalIgnoreCase))
            return new PayloadFieldMessage("encoding", encoding, "must be UTF-8");
        if (raw.Path is null)
            return new PayloadFieldMessage("path", null, "request does not contain a path");
        if (!ApiPath.TryParse(raw.Path, out api))
            return new PayloadFieldMessage("path", raw.Path, "path does not match (/)vendor/version(/) nor is a legacy /i(ce.png) request");
        if (!TryAddQuery(raw.Querystring, events))
            return new PayloadFieldMessage("querystring", raw.Querystring, "a percent sign must be followed by two hexadecimal digits");
        var networkUserId = raw.NetworkUserId is null ? null : NetworkUserId.Normalise(raw.NetworkUserId);
        if (networkUserId is null && raw.NetworkUserId is not null)
            return new PayloadFieldMessage("networkUserId", raw.NetworkUserId, "must be a UUID");

        if (raw.Body is { } body && !Utf8.IsValid(body.Span))
            return new PayloadFieldMessage("body", null, "must be UTF-8");

        // Most payloads stay as they are.
        var address = ClientAddress.Find(raw.Headers, raw.IpAddress);
        if (address != raw.IpAddress || networkUserId != raw.NetworkUserId || raw.Body is { Length: 0 })
        {
            payload = raw with
            {
                IpAddress = address,
                NetworkUserId = networkUserId,
                // An empty body is no body: Thrift knows the difference, HTTP does not.
                Body = raw.Body is { Length: > 0 } ? raw.Body : null,
            };
        }

        return null;
    }

    private static bool TryAddQuery(string? querystring, RawEvents events)
    {
        if (string.IsNullOrEmpty(querystring)) return true;
        var buffer = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(querystring.Length));
        var utf8 = buffer.AsSpan(0, Encoding.UTF8.GetBytes(querystring, buffer));
        var isWellFormed = FormEncoding.IsWellFormed(utf8);
        if (isWellFormed) events.AddQuery(utf8);
        ArrayPool<byte>.Shared.Return(buffer);
        return isWellFormed;
    }
}
