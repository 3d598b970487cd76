using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Snowplow.Enrich;
using Snowplow.Enrich.Enrichments;
using Snowplow.Enrich.Iglu;
using Snowplow.Events.BadRows;
using Snowplow.Events.Collector;

namespace Snowplow.Benchmarks.Events;

/// <summary>A POST of ten page views of one session, as the web tracker sends them, and the enrichment that takes it.</summary>
internal sealed class PageViewPost : IDisposable
{
    /// <summary>The events of the POST.</summary>
    public const int Events = 10;

    private readonly HttpClient _http = new();
    private readonly IgluResolver _resolver;
    private readonly EnrichmentSet _enrichments;
    private readonly ArrayBufferWriter<byte> _thrift = new();

    public PageViewPost()
    {
        _resolver = new IgluResolver(new IgluOptions(), _http, TimeProvider.System);
        var options = new EnrichOptions { Processor = new Processor("snowplow-orleans", "0.0.0") };
        var validator = new SelfDescribingValidator(_resolver);
        _enrichments = EnrichmentSet.Load(options, _http, validator, TimeProvider.System);
        Pipeline = new EnrichPipeline(options, _enrichments, validator, TimeProvider.System);
        CollectorPayloadWriter.Write(Payload(), _thrift);
    }

    public EnrichPipeline Pipeline { get; }

    public RawPayload Raw => new(Guid.Empty, "benchmark-000", 0, _thrift.WrittenMemory);

    public void Dispose()
    {
        Pipeline.Dispose();
        _enrichments.Dispose();
        _resolver.Dispose();
        _http.Dispose();
    }

    private static CollectorPayload Payload() => new()
    {
        IpAddress = "192.0.2.1",
        TimestampMs = 1_772_366_400_000,
        Encoding = "UTF-8",
        Collector = "snowplow-orleans-0.0.0",
        UserAgent = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36",
        Path = "/com.snowplowanalytics.snowplow/tp2",
        Querystring = "",
        Body = Encoding.UTF8.GetBytes(
            $$"""{"schema":"iglu:com.snowplowanalytics.snowplow/payload_data/jsonschema/1-0-4","data":[{{string.Join(',', Enumerable.Range(0, Events).Select(Item))}}]}"""),
        Headers = ["Host: collector.example", "Origin: https://shop.example", "application/json"],
        ContentType = "application/json",
        NetworkUserId = "5b0c7e3f-1c43-4b0e-9c6d-1f6f9b1f2a11",
        Schema = CollectorPayload.SchemaUri,
    };

    private static string Item(int index)
    {
        var contexts = $$$"""{"schema":"iglu:com.snowplowanalytics.snowplow/contexts/jsonschema/1-0-0","data":[{"schema":"iglu:com.snowplowanalytics.snowplow/web_page/jsonschema/1-0-0","data":{"id":"a86c42e5-b831-45c8-b706-{{{index:D12}}}"}}]}""";
        return JsonSerializer.Serialize(new Dictionary<string, string>
        {
            ["e"] = "pv",
            ["url"] = $"https://shop.example/tents/{index}?utm_source=newsletter&utm_medium=email&utm_campaign=spring",
            ["page"] = "Tents",
            ["refr"] = "https://search.example/",
            ["eid"] = $"0f1e2d3c-4b5a-4978-8695-{index:D12}",
            ["tv"] = "js-4.6.0",
            ["tna"] = "sp",
            ["aid"] = "shop",
            ["p"] = "web",
            ["cookie"] = "1",
            ["cs"] = "UTF-8",
            ["lang"] = "en-GB",
            ["res"] = "1920x1080",
            ["cd"] = "24",
            ["tz"] = "Europe/London",
            ["dtm"] = (1_772_366_399_000 + index * 1000).ToString(CultureInfo.InvariantCulture),
            ["vp"] = "1512x823",
            ["ds"] = "1497x4211",
            ["vid"] = "3",
            ["sid"] = "9c65e7f3-8e8e-470d-b243-910b5b300da0",
            ["duid"] = "b2fb4ecb-4b2d-44e1-b4d4-5f2c8a1b0c9d",
            ["cx"] = Convert.ToBase64String(Encoding.UTF8.GetBytes(contexts)),
            ["stm"] = "1772366409800",
        });
    }
}
