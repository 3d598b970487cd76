using System.Buffers;
using System.Text;
using System.Text.Json;
using Snowplow.Enrich.Enrichments;
using Snowplow.Enrich.Iglu;
using Snowplow.Events.BadRows;
using Snowplow.Events.Collector;
using Snowplow.Events.Enriched;

namespace Snowplow.Enrich.Tests.Pipeline;

/// <summary>A pipeline over the built-in schemas, at a fixed time; the one place where tests wire enrichment.</summary>
internal sealed class Harness : IDisposable
{
    public const string Now = "2026-03-01 12:00:00.500";
    public static readonly Guid PayloadId = new("7f3c2b1a-0000-4000-8000-000000000001");

    private readonly HttpClient _client;
    private readonly IgluResolver _resolver;
    private readonly EnrichmentSet _enrichments;
    private readonly EnrichPipeline _pipeline;
    private readonly Func<EnrichPipeline> _newPipeline;

    public Harness(EnrichOptions? options = null, IgluOptions? iglu = null, HttpMessageHandler? http = null)
    {
        _client = http is null ? new HttpClient() : new HttpClient(http);
        _resolver = new IgluResolver(iglu ?? new IgluOptions(), _client, TimeProvider.System);
        var validator = new SelfDescribingValidator(_resolver);
        _enrichments = EnrichmentSet.Load(options ?? Options, _client, validator, TimeProvider.System);
        _newPipeline = () => new EnrichPipeline(options ?? Options, _enrichments, validator, new FixedTime());
        _pipeline = _newPipeline();
    }

    /// <summary>Pipelines for batches, of the same parts.</summary>
    public EnrichLanes NewLanes() => new(_newPipeline);

    public static EnrichOptions Options { get; } = new() { Processor = new Processor("snowplow-orleans", "0.1.0") };

    /// <summary>A request without query string and body, received at noon of 2026-03-01.</summary>
    public static CollectorPayload Request { get; } = new()
    {
        Schema = CollectorPayload.SchemaUri,
        IpAddress = "203.0.113.9",
        TimestampMs = 1772366400000,
        Encoding = "UTF-8",
        Collector = "snowplow-orleans-0.1.0",
        UserAgent = "Mozilla/5.0",
        Path = "/com.snowplowanalytics.snowplow/tp2",
        Querystring = "",
        Hostname = "collector.acme.com",
        NetworkUserId = "11111111-2222-4333-8444-555555555555",
    };

    public static CollectorPayload Post(string body, string? contentType = "application/json") =>
        Request with { Body = Encoding.UTF8.GetBytes(body), ContentType = contentType };

    public static CollectorPayload PostItems(params string[] items) =>
        Post($$"""{"schema":"iglu:com.snowplowanalytics.snowplow/payload_data/jsonschema/1-0-4","data":[{{string.Join(',', items)}}]}""");

    /// <summary>A POST of one page view with further parameters.</summary>
    public static CollectorPayload PostPageView(params (string Name, string Value)[] parameters)
    {
        var all = new Dictionary<string, string> { ["e"] = "pv", ["p"] = "web", ["tv"] = "js-4.0.0" };
        foreach (var (name, value) in parameters) all[name] = value;
        return PostItems(JsonSerializer.Serialize(all));
    }

    public static CollectorPayload Get(string querystring) => Request with { Path = "/i", Querystring = querystring };

    public Task<Outcome> ProcessAsync(CollectorPayload payload, CancellationToken cancellationToken = default)
    {
        var thrift = new ArrayBufferWriter<byte>();
        CollectorPayloadWriter.Write(payload, thrift);
        return ProcessAsync(thrift.WrittenMemory, PayloadId, cancellationToken);
    }

    public async Task<Outcome> ProcessAsync(ReadOnlyMemory<byte> record, Guid? payloadId, CancellationToken cancellationToken = default)
    {
        var enriched = new ArrayBufferWriter<byte>();
        var badRows = new ArrayBufferWriter<byte>();
        var failed = new ArrayBufferWriter<byte>();
        var raw = new RawPayload(payloadId, "rawlog-3", 42, record);
        var counts = await _pipeline.ProcessAsync(raw, enriched, badRows, failed, cancellationToken);
        var failedBatch = EnrichedBatch.Parse(failed.WrittenMemory);
        return new Outcome(
            EnrichedBatch.Parse(enriched.WrittenMemory),
            BadRow.ParseLines(badRows.WrittenMemory),
            [.. Enumerable.Range(0, failedBatch.Count).Select(i => failedBatch[i])],
            counts);
    }

    public void Dispose()
    {
        _pipeline.Dispose();
        _enrichments.Dispose();
        _resolver.Dispose();
        _client.Dispose();
    }

    private sealed class FixedTime : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(2026, 3, 1, 12, 0, 0, 500, TimeSpan.Zero);
    }
}
