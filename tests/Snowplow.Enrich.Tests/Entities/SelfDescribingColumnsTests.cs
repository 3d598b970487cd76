using System.Text;
using System.Text.Json;
using Snowplow.Enrich.Iglu;
using Snowplow.Enrich.Tests.Pipeline;
using Snowplow.Events.Enriched;

namespace Snowplow.Enrich.Tests.Entities;

public sealed class SelfDescribingColumnsTests : IDisposable
{
    private const string WebPage = """{"schema":"iglu:com.snowplowanalytics.snowplow/web_page/jsonschema/1-0-0","data":{"id":"a86c42e5-b831-45c8-b706-e214c26b4b3d"}}""";
    private const string LinkClick = """{"schema":"iglu:com.snowplowanalytics.snowplow/link_click/jsonschema/1-0-1","data":{"targetUrl":"https://acme.com/?>~ü"}}""";

    private readonly Harness _harness = new();

    public static TheoryData<string, string> Encodings => new()
    {
        { "co", Contexts(WebPage) },
        { "cx", Convert.ToBase64String(Encoding.UTF8.GetBytes(Contexts(LinkClick, WebPage))) },
        { "cx", Convert.ToBase64String(Encoding.UTF8.GetBytes(Contexts(LinkClick, WebPage))).TrimEnd('=') },
        { "cx", Convert.ToBase64String(Encoding.UTF8.GetBytes(Contexts(LinkClick, WebPage))).Replace('+', '-').Replace('/', '_') },
        { "cx", Convert.ToBase64String(Encoding.UTF8.GetBytes(Contexts(LinkClick, WebPage))).Replace('+', ' ') },
    };

    [Theory]
    [MemberData(nameof(Encodings))]
    public async Task Contexts_InAnyEncoding_FillTheColumn(string parameter, string value)
    {
        var e = (await _harness.ProcessAsync(Harness.PostPageView((parameter, value)))).Event;
        EntityReader.TryFind(e[EventField.Contexts], new EntityType("com.snowplowanalytics.snowplow", "web_page", 1), out var page).ShouldBeTrue();
        page.Text("id"u8).ShouldBe("a86c42e5-b831-45c8-b706-e214c26b4b3d");
    }

    [Fact]
    public async Task Contexts_WithSpaceAndEscapes_AreWrittenCompactInTheNewestEnvelope()
    {
        var spaced = "{ \"data\" : [ { \"data\":\n\t{ \"id\" : \"a86c42e5-b831-45c8-b706-e214c26b4b3d\" } , \"schema\" : \"iglu:com.snowplowanalytics.snowplow\\/web_page\\/jsonschema\\/1-0-0\" } ], \"schema\" : \"iglu:com.snowplowanalytics.snowplow/contexts/jsonschema/1-0-0\" }";
        (await _harness.ProcessAsync(Harness.PostPageView(("co", spaced)))).Event.Text(EventField.Contexts).ShouldBe(Contexts(WebPage));
    }

    [Fact]
    public async Task Contexts_GivenInBothForms_AreTakenFromBase64()
    {
        var e = (await _harness.ProcessAsync(Harness.PostPageView(
            ("co", Contexts(LinkClick)), ("cx", Convert.ToBase64String(Encoding.UTF8.GetBytes(Contexts(WebPage))))))).Event;
        e.Text(EventField.Contexts).ShouldBe(Contexts(WebPage));
    }

    [Fact]
    public async Task Contexts_WithoutItems_LeaveTheColumnEmpty() =>
        (await _harness.ProcessAsync(Harness.PostPageView(("co", Contexts())))).Event.Text(EventField.Contexts).ShouldBeNull();

    [Fact]
    public async Task Contexts_WithInvalidItems_AreRefusedOneByOne()
    {
        var row = (await _harness.ProcessAsync(Harness.PostPageView(("co", Contexts(
            WebPage,
            """{"schema":"iglu:com.snowplowanalytics.snowplow/web_page/jsonschema/1-0-0","data":{}}""",
            """{"schema":"iglu:com.acme/nowhere/jsonschema/1-0-0","data":{}}""",
            """{"schema":"web_page","data":{}}"""))))).BadRow;
        row.Type.ShouldBe("schema_violations");
        var messages = row.Failure.GetProperty("messages").EnumerateArray().ToList();
        messages.Count.ShouldBe(3);
        messages[0].GetProperty("error").GetProperty("error").GetString().ShouldBe("ValidationError");
        messages[1].GetProperty("error").GetProperty("error").GetString().ShouldBe("ResolutionError");
        row.Payload.GetProperty("enriched").GetProperty("contexts").GetString().ShouldBe(Contexts(WebPage));
    }

    // parameter | value | what the message says
    [Theory]
    [InlineData("co", "{", "contexts")]
    [InlineData("cx", "!!!", "contexts")]
    [InlineData("cx", "e30", "INVALID_DATA_PAYLOAD")]
    [InlineData("co", "[]", "INVALID_DATA_PAYLOAD")]
    [InlineData("co", LinkClick, "contexts/jsonschema/1-0-*")]
    [InlineData("co", """{"schema":"iglu:com.snowplowanalytics.snowplow/contexts/jsonschema/1-0-1","data":{}}""", "array")]
    [InlineData("ue_pr", "nonsense", "unstruct_event")]
    [InlineData("ue_px", "/w==", "unstruct_event")]
    [InlineData("ue_pr", WebPage, "unstruct_event/jsonschema/1-0-*")]
    [InlineData("ue_pr", """{"schema":"iglu:com.snowplowanalytics.snowplow/unstruct_event/jsonschema/1-0-0","data":{"schema":"iglu:com.acme/x/jsonschema/1-0","data":{}}}""", "pattern")]
    [InlineData("ue_pr", """{"schema":"iglu:com.snowplowanalytics.snowplow/unstruct_event/jsonschema/1-0-0","data":{"schema":"iglu:com.snowplowanalytics.snowplow/link_click/jsonschema/1-0-1","data":{}}}""", "targetUrl")]
    public async Task Json_ThatIsInvalid_MakesTheEventASchemaViolation(string parameter, string value, string expected)
    {
        var row = (await _harness.ProcessAsync(Harness.PostPageView(("e", "ue"), (parameter, value)))).BadRow;
        row.Type.ShouldBe("schema_violations");
        row.Failure.GetProperty("messages")[0].GetRawText().ShouldContain(expected);
    }

    [Theory]
    [InlineData(45, true)]
    [InlineData(60, false)]
    [InlineData(5000, false)]
    public async Task Json_NestedDeeply_IsRefusedBeyondTheLimit(int depth, bool isRead)
    {
        var nested = new string('[', depth) + new string(']', depth);
        var value = Unstruct($$"""{"schema":"iglu:com.acme/nowhere/jsonschema/1-0-0","data":{{nested}}}""");
        var message = (await _harness.ProcessAsync(Harness.PostPageView(("ue_pr", value)))).BadRow.Failure.GetProperty("messages")[0];
        message.TryGetProperty("schemaKey", out _).ShouldBe(isRead);
        if (!isRead) message.GetProperty("error").GetString().ShouldNotBeNull().ShouldContain("depth");
    }

    [Fact]
    public async Task UnstructEvent_ThatIsValid_FillsColumnAndSchemaFields()
    {
        var e = (await _harness.ProcessAsync(Harness.PostPageView(("e", "ue"), ("ue_pr", Unstruct(LinkClick))))).Event;
        e.Text(EventField.UnstructEvent).ShouldBe(Unstruct(LinkClick));
        e.Text(EventField.EventVendor).ShouldBe("com.snowplowanalytics.snowplow");
        e.Text(EventField.EventName).ShouldBe("link_click");
        e.Text(EventField.EventFormat).ShouldBe("jsonschema");
        e.Text(EventField.EventVersion).ShouldBe("1-0-1");
    }

    [Fact]
    public async Task Schema_WhoseRegistryIsUnreachable_IsAResolutionErrorThatSaysSoWithTheWholeEvent()
    {
        var iglu = new IgluOptions
        {
            MaxWait = TimeSpan.FromMilliseconds(1),
            Registries = [new RegistryOptions { Name = "Acme", Uri = new Uri("http://127.0.0.1:1") }],
        };
        using var harness = new Harness(iglu: iglu);
        var value = Unstruct("""{"schema":"iglu:com.acme/order/jsonschema/1-0-0","data":{"total":1}}""");
        var row = (await harness.ProcessAsync(Harness.PostPageView(("e", "ue"), ("ue_pr", value)))).BadRow;
        var history = row.Failure.GetProperty("messages")[0].GetProperty("error").GetProperty("lookupHistory");
        var acme = history.EnumerateArray().Single(lookup => lookup.GetProperty("repository").GetString() == "Acme");
        acme.GetProperty("errors")[0].GetProperty("error").GetString().ShouldBe("ClientFailure");
        row.Payload.GetProperty("raw").GetProperty("parameters").EnumerateArray()
            .Single(p => p.GetProperty("name").GetString() == "ue_pr").GetProperty("value").GetString().ShouldBe(value);
    }

    [Fact]
    public async Task Columns_OfControlCharactersInJson_StayOneTsvField()
    {
        var click = LinkClick.Replace("acme.com", "a\\tb\\n\u007f", StringComparison.Ordinal);
        var text = (await _harness.ProcessAsync(Harness.PostPageView(("e", "ue"), ("ue_pr", Unstruct(click))))).Event.Text(EventField.UnstructEvent);
        text.ShouldNotBeNull().Any(char.IsControl).ShouldBeFalse();
        using var json = JsonDocument.Parse(text);
        json.RootElement.GetProperty("data").GetProperty("data").GetProperty("targetUrl").GetString().ShouldNotBeNull().ShouldContain("a\tb\n\u007f");
    }

    private static string Contexts(params string[] items) =>
        $$"""{"schema":"iglu:com.snowplowanalytics.snowplow/contexts/jsonschema/1-0-1","data":[{{string.Join(',', items)}}]}""";

    private static string Unstruct(string inner) =>
        $$"""{"schema":"iglu:com.snowplowanalytics.snowplow/unstruct_event/jsonschema/1-0-0","data":{{inner}}}""";

    public void Dispose() => _harness.Dispose();
}
