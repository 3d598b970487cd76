namespace Snowplow.Events.BadRows;

/// <summary>The types of bad row that this platform writes, by their schemas of vendor <c>com.snowplowanalytics.snowplow.badrows</c>.</summary>
public sealed class BadRowType
{
    /// <summary>The bytes are no collector payload. Payload: they, in base64.</summary>
    public static readonly BadRowType CollectorPayloadFormatViolation = new("collector_payload_format_violation", "1-0-0");

    /// <summary>No adapter for the path, or a webhook's payload is not what its vendor documents. Payload: the collector payload.</summary>
    public static readonly BadRowType AdapterFailures = new("adapter_failures", "1-0-0");

    /// <summary>A tracker's payload breaks the tracker protocol. Payload: the collector payload.</summary>
    public static readonly BadRowType TrackerProtocolViolations = new("tracker_protocol_violations", "1-0-1");

    /// <summary>An event, one of its entities or its atomic fields are invalid. Payload: the event, raw and as far as it was enriched.</summary>
    public static readonly BadRowType SchemaViolations = new("schema_violations", "2-0-1");

    /// <summary>An enrichment failed on the event. Payload: the event, raw and as far as it was enriched.</summary>
    public static readonly BadRowType EnrichmentFailures = new("enrichment_failures", "2-0-1");

    /// <summary>The enriched event, or a request that the collector could not split, is too large. Payload: a collector payload, as Thrift in base64.</summary>
    public static readonly BadRowType SizeViolation = new("size_violation", "1-0-0");

    /// <summary>The program failed on the event. Payload: a collector payload of that event alone, as Thrift in base64.</summary>
    public static readonly BadRowType GenericError = new("generic_error", "1-0-0");

    /// <summary>A line is no enriched event. Payload: the line.</summary>
    public static readonly BadRowType LoaderParsingError = new("loader_parsing_error", "2-0-0");

    private BadRowType(string name, string version)
    {
        Name = name;
        SchemaUri = $"iglu:com.snowplowanalytics.snowplow.badrows/{name}/jsonschema/{version}";
    }

    /// <summary>The schema's name: <c>schema_violations</c>.</summary>
    public string Name { get; }

    /// <summary>The schema's Iglu URI.</summary>
    public string SchemaUri { get; }
}
