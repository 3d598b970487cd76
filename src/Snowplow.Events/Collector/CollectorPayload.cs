namespace Snowplow.Events.Collector;

/// <summary>
/// What the collector hands to enrich for one HTTP request: Snowplow's <c>CollectorPayload</c>, schema 1-0-0
/// (field ids of the <c>collector-payload-1</c> library). Null means that the field was not on the wire.
/// </summary>
public sealed record CollectorPayload
{
    /// <summary>The Iglu URI that every payload carries in its field <c>schema</c>.</summary>
    public const string SchemaUri = "iglu:com.snowplowanalytics.snowplow/CollectorPayload/thrift/1-0-0";

    /// <summary>Field 100: the client's address, or <c>unknown</c>.</summary>
    public string? IpAddress { get; init; }

    /// <summary>Field 200: when the request was received, in milliseconds since the Unix epoch (<c>collector_tstamp</c>).</summary>
    public long TimestampMs { get; init; }

    /// <summary>Field 210: the character encoding of the query string, always <c>UTF-8</c>.</summary>
    public string? Encoding { get; init; }

    /// <summary>Field 220: name and version of the collector (<c>v_collector</c>).</summary>
    public string? Collector { get; init; }

    /// <summary>Field 300: the header <c>User-Agent</c>.</summary>
    public string? UserAgent { get; init; }

    /// <summary>Field 310: the header <c>Referer</c>.</summary>
    public string? RefererUri { get; init; }

    /// <summary>Field 320: the request's path, after custom path mapping.</summary>
    public string? Path { get; init; }

    /// <summary>Field 330: the raw query string without the question mark; empty for a request without one.</summary>
    public string? Querystring { get; init; }

    /// <summary>Field 340: the request's body as it arrived (after content decoding); any bytes.</summary>
    public ReadOnlyMemory<byte>? Body { get; init; }

    /// <summary>Field 350: the headers as <c>Name: value</c> in order of arrival, and last the bare content type.</summary>
    public IReadOnlyList<string>? Headers { get; init; }

    /// <summary>Field 360: the header <c>Content-Type</c> in lower case, with parameters.</summary>
    public string? ContentType { get; init; }

    /// <summary>Field 400: the host that the client addressed.</summary>
    public string? Hostname { get; init; }

    /// <summary>Field 410: the network user id (the collector cookie's, or what replaces it).</summary>
    public string? NetworkUserId { get; init; }

    /// <summary>Field 31337: the Iglu URI of this structure, normally <see cref="SchemaUri"/>.</summary>
    public string? Schema { get; init; }

    /// <summary>
    /// Field 32000, of this platform alone (other readers skip it): the most bytes that a payload may have, where this one has more
    /// and could not be split. The pipeline makes a <c>size_violation</c> of it. Null in all others.
    /// </summary>
    public int? ExceededLimitBytes { get; init; }

    /// <summary>
    /// Field 32001, of this platform alone: the record was not sent by a tracker, but asks to forget a person; the body is the data of
    /// a <see cref="Enriched.ForgetEvent"/>. The collector never sets it, whatever a request holds.
    /// </summary>
    public bool IsForget { get; init; }

    /// <summary>
    /// Field 32002, of this platform alone: the bytes that the payload had before the end of its body was left out, because the raw
    /// stream takes no such payload; it exceeds the collector's limit as well. Null in all others.
    /// </summary>
    public int? CutFromBytes { get; init; }
}
