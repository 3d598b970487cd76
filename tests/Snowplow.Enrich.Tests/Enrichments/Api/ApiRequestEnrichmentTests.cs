using System.Diagnostics;
using System.Text;
using Snowplow.Enrich.Enrichments.Configuration;
using Snowplow.Enrich.Tests.Pipeline;
using Snowplow.Events.Enriched;

namespace Snowplow.Enrich.Tests.Enrichments.Api;

public sealed class ApiRequestEnrichmentTests : IAsyncLifetime
{
    private const string Inputs = """
        {"key":"user","pojo":{"field":"user_id"}},
        {"key":"user","json":{"field":"contexts","schemaCriterion":"iglu:com.acme/user/jsonschema/1-*-*","jsonPath":"$.id"}},
        {"key":"total","json":{"field":"unstruct_event","schemaCriterion":"iglu:com.acme/order/jsonschema/1-0-0","jsonPath":"$.total"}},
        {"key":"app","pojo":{"field":"app_id"}}
        """;

    private readonly AcmeEvents _events = new();
    private readonly EnrichmentFiles _files = new();
    private readonly ApiServer _server = new();

    [Fact]
    public async Task Event_WithValues_IsAskedAboutOnceAndGetsTheEntity()
    {
        using var harness = Harness("{{user}}?a={{ app }}", "$.record");
        var payload = AcmeEvents.Payload(null, """{"id":"a/b ü&"}""");
        for (var i = 0; i < 2; i++)
        {
            (await harness.ProcessAsync(payload)).Event.Text(EventField.DerivedContexts)!
                .ShouldContain(AcmeEvents.Entity("reply", """{"name":"Ann","tags":[1,2]}"""));
        }

        _server.Requests.ShouldHaveSingleItem()
            .ShouldBe(("GET", "a%2Fb%20%C3%BC%26?a=shop", $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes("me:secret"))}", ""));
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("PUT")]
    public async Task Request_WithABody_HasTheValuesAsJson(string method)
    {
        using var harness = Harness("x", "$", method);
        (await harness.ProcessAsync(AcmeEvents.Payload("""{"total":9.50}"""))).Event.Text(EventField.DerivedContexts)!
            .ShouldContain(AcmeEvents.Entity("reply", """{"record":{"name":"Ann","tags":[1,2]}}"""));
        _server.Requests.ShouldHaveSingleItem().Body.ShouldBe("""{"user":"u-1","total":"9.50","app":"shop"}""");
    }

    [Fact]
    public async Task Event_WithoutAValueForTheAddress_IsNotAskedAbout()
    {
        using var harness = Harness("{{total}}", "$");
        (await harness.ProcessAsync(AcmeEvents.Payload("""{"total":null}"""))).Event.Text(EventField.DerivedContexts).ShouldBeNull();
        _server.Requests.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(404, "answered with status 404")]
    [InlineData(500, "answered with status 500")]
    [InlineData(-1, "gave no usable answer")]
    [InlineData(-2, "gave no usable answer")]
    [InlineData(-3, "did not answer within 400 ms")]
    [InlineData(-4, "has nothing at $.record")]
    [InlineData(-5, "did not answer within 400 ms")]
    public async Task Service_ThatFails_FailsTheEventUnlessToBeIgnored(int status, string expected)
    {
        _server.Reply = context => status switch
        {
            -1 => ApiServer.Json(context, "<html>"),
            -2 => ApiServer.Json(context, $"\"{new string('x', 2_000_000)}\""),
            -3 => Task.Delay(3000),
            -4 => ApiServer.Json(context, "{}"),
            -5 => DripAsync(context),
            _ => ApiServer.Status(context, status),
        };
        var timeout = status is -3 or -5 ? 400 : 60_000;
        using var harness = Harness("{{user}}", "$.record", timeout: timeout);
        var watch = Stopwatch.StartNew();
        var row = (await harness.ProcessAsync(AcmeEvents.Payload(null))).BadRow;
        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(50));
        row.Type.ShouldBe("enrichment_failures");
        row.Failure.GetRawText().ShouldContain(expected);

        using var lenient = Harness("{{user}}", "$.record", ignoreOnError: true, timeout: timeout);
        (await lenient.ProcessAsync(AcmeEvents.Payload(null))).Event.Text(EventField.DerivedContexts).ShouldBeNull();
    }

    [Fact]
    public async Task Address_ThatValuesMakeNone_FailsTheEventAndTellsNoSecret()
    {
        Write("http://{{user}}/?key=s3cret", "$", "GET", Inputs);
        using var harness = new Harness(_files.Options, _events.Iglu);
        var failure = (await harness.ProcessAsync(AcmeEvents.Payload(null, """{"id":"a b"}"""))).BadRow.Failure.GetRawText();
        failure.ShouldContain("the values of the inputs make no address of api.http.uri");
        failure.ShouldNotContain("s3cret");
    }

    [Fact]
    public async Task Answer_OfSeveralValues_IsAListOfThem()
    {
        using var harness = Harness("x", "$.record.tags[*]");
        (await harness.ProcessAsync(AcmeEvents.Payload(null))).BadRow.Failure.GetRawText().ShouldContain("reply");
    }

    // uri, path | what the error holds
    [Theory]
    [InlineData("ftp://acme.com/", "$", "parameters.api.http.uri: 'ftp://acme.com/' is no http or https address")]
    [InlineData("http://acme.com/{{nobody}}", "$", "parameters.api.http.uri: has a place for 'nobody'")]
    [InlineData("http://acme.com/", "$[", "parameters.outputs[0].json.jsonPath: the JSONPath '$['")]
    public void Configuration_ThatCannotWork_IsRefused(string uri, string path, string expected)
    {
        Write(uri, path, "GET", Inputs);
        Should.Throw<EnrichmentConfigException>(() => new Harness(_files.Options)).Errors.ShouldHaveSingleItem().ShouldContain(expected);
    }

    // input | what the error holds
    [Theory]
    [InlineData("""{"key":"a","pojo":{"field":"nothing"}}""", "parameters.inputs[0].pojo.field: must be a column")]
    [InlineData("""{"key":"a","pojo":{}}""", "parameters.inputs[0].pojo.field: must be a column")]
    [InlineData("""{"key":"a","json":{"field":"contexts"}}""", "parameters.inputs[0].json: must have 'field', 'schemaCriterion' and 'jsonPath'")]
    [InlineData("""{"key":"a","json":{"field":"contexts","schemaCriterion":"iglu:a/b/c/1-*-*","jsonPath":"$.x()"}}""", "parameters.inputs[0].json.jsonPath")]
    public void Configuration_WithAWrongInput_IsRefused(string input, string expected)
    {
        Write("http://acme.com/", "$", "GET", input);
        Should.Throw<EnrichmentConfigException>(() => new Harness(_files.Options)).Errors.ShouldHaveSingleItem().ShouldContain(expected);
    }

    private static async Task DripAsync(System.Net.HttpListenerContext context)
    {
        try
        {
            for (var i = 0; i < 100; i++)
            {
                await context.Response.OutputStream.WriteAsync("[1,"u8.ToArray());
                await context.Response.OutputStream.FlushAsync();
                await Task.Delay(50);
            }
        }
        catch (Exception gone) when (gone is System.Net.HttpListenerException or ObjectDisposedException)
        {
            // The client has hung up, as it should.
        }
    }

    private Harness Harness(string path, string jsonPath, string method = "GET", bool ignoreOnError = false, int timeout = 60_000)
    {
        Write(_server.Address + path, jsonPath, method, Inputs, ignoreOnError, timeout);
        return new Harness(_files.Options, _events.Iglu);
    }

    private void Write(string uri, string jsonPath, string method, string inputs, bool ignoreOnError = false, int timeout = 1000) =>
        _files.Add("com.snowplowanalytics.snowplow.enrichments/api_request_enrichment_config/1-0-2", $$$"""
            {"inputs":[{{{inputs}}}],
            "api":{"http":{"method":"{{{method}}}","uri":"{{{uri}}}","timeout":{{{timeout}}},"authentication":{"httpBasic":{"username":"me","password":"secret"} } } },
            "outputs":[{"schema":"iglu:com.acme/reply/jsonschema/1-0-0","json":{"jsonPath":"{{{jsonPath}}}"} }],
            "cache":{"size":10,"ttl":60},"ignoreOnError":{{{(ignoreOnError ? "true" : "false")}}} }
            """);

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await _server.DisposeAsync();
        _events.Dispose();
        _files.Dispose();
    }
}
