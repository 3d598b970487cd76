using Snowplow.Enrich.Enrichments.Currency;
using Snowplow.Enrich.Tests.Iglu;
using Snowplow.Enrich.Tests.Pipeline;
using Snowplow.Events.Collector;

namespace Snowplow.Enrich.Tests.Enrichments.Currency;

public sealed class CurrencyConversionTests
{
    private const string Config = "com.snowplowanalytics.snowplow/currency_conversion_config/1-0-0";

    // As the European Central Bank writes it: in euros, newest day first, a comma at the end. The events are of Sunday 2026-03-01.
    private const string Rates = """
        Date,USD,JPY,GBP,KWD,XXX,
        2026-03-02,9,9,9,9,9,
        2026-02-27,1.25,160.5,0.8,0.3,N/A,
        2026-02-26,7,7,7,7,7,
        """;

    // base | parameters | columns
    [Theory]
    [InlineData("EUR", "tr_tt=10&tr_tx=1.5&tr_sh=0&tr_cu=USD", "base_currency=EUR tr_total_base=8.00 tr_tax_base=1.20 tr_shipping_base=0.00 tr_total=10")]
    [InlineData("EUR", "ti_pr=-2.5&ti_cu=usd", "base_currency=EUR ti_price_base=-2.00 tr_total_base=")]
    [InlineData("GBP", "tr_tt=10&tr_cu=USD", "base_currency=GBP tr_total_base=6.40")]
    [InlineData("JPY", "tr_tt=10&tr_cu=EUR", "base_currency=JPY tr_total_base=1605")]
    [InlineData("JPY", "tr_tt=0.01&tr_cu=EUR", "base_currency=JPY tr_total_base=2")]
    [InlineData("KWD", "tr_tt=1&tr_cu=EUR", "base_currency=KWD tr_total_base=0.300")]
    [InlineData("EUR", "tr_tt=1.005&tr_cu=EUR", "tr_total_base=1.00")]
    [InlineData("EUR", "tr_tt=1.015&tr_cu=EUR", "tr_total_base=1.02")]
    [InlineData("EUR", "tr_tt=1E-7&tr_cu=USD", "tr_total=1E-7 tr_total_base=0.00")]
    [InlineData("EUR", "tr_tt=10", "base_currency=EUR tr_total_base=")]
    [InlineData("EUR", "tr_cu=USD", "base_currency=EUR tr_total_base=")]
    [InlineData("eur", "", "base_currency=EUR tr_total_base=")]
    public async Task Amount_ByAFileOfRates_IsConverted(string baseCurrency, string parameters, string expected)
    {
        using var files = WithFile(Rates, baseCurrency);
        using var harness = new Harness(files.Options);
        (await harness.ProcessAsync(Harness.Get($"e=tr&p=web&tv=t&{parameters}"))).Event.ShouldHave(expected);
    }

    [Theory]
    [InlineData("tr_tt=10&tr_cu=XXX", "tr_currency", "a rate on 2026-02-28")]
    [InlineData("tr_tt=10&tr_cu=€", "tr_currency", "a rate on 2026-02-28")]
    [InlineData("ti_pr=10&ti_cu=ZZZ", "ti_currency", "a rate on 2026-02-28")]
    [InlineData("tr_tt=99999999999999999999999999999999&tr_cu=USD", "tr_total", "at most 28 digits")]
    [InlineData("tr_tt=9999999999999999999999999999&tr_cu=KWD", "tr_total", "at most 28 digits")]
    public async Task Amount_ThatCannotBeConverted_IsAnEnrichmentFailure(string parameters, string field, string expected)
    {
        using var files = WithFile(Rates, "JPY");
        using var harness = new Harness(files.Options);
        var row = (await harness.ProcessAsync(Harness.Get($"e=tr&p=web&tv=t&{parameters}"))).BadRow;
        row.Type.ShouldBe("enrichment_failures");
        var message = row.Failure.GetProperty("messages")[0];
        message.GetProperty("enrichment").GetProperty("identifier").GetString().ShouldBe("currency_conversion_config");
        message.GetProperty("message").GetProperty("field").GetString().ShouldBe(field);
        message.GetRawText().ShouldContain(expected);
    }

    [Fact]
    public async Task FileOfRates_ThatEndedLongAgo_FailsEventsWithAmountsOnly()
    {
        using var files = WithFile("Date,USD\n2026-02-20,1.25\n", "EUR");
        using var harness = new Harness(files.Options);
        (await harness.ProcessAsync(Harness.Get("e=tr&p=web&tv=t&tr_tt=1&tr_cu=USD"))).BadRow.Failure.GetRawText()
            .ShouldContain("the file of rates has none for 2026-02-28 and the 7 days before it");
        var firstDay = Harness.Get("e=tr&p=web&tv=t&tr_tt=1&tr_cu=USD") with { TimestampMs = new DateTimeOffset(1, 1, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds() };
        (await harness.ProcessAsync(firstDay)).BadRow.Type.ShouldBe("enrichment_failures");
        (await harness.ProcessAsync(Harness.Get("e=pv&p=web&tv=t"))).Event.ShouldHave("base_currency=EUR");
    }

    [Fact]
    public async Task Service_OfRates_IsAskedOnceForADayAndConvertsByWayOfTheDollar()
    {
        await using var server = new RegistryServer(context => RegistryServer.Answer(
            context, 200, """{"base":"USD","rates":{"EUR":0.8,"GBP":0.64,"BTC":1.5e-5,"XYZ":0}}"""));
        using var files = WithAccount("EUR");
        using var harness = new Harness(files.Options, http: new Redirect(server.Address));
        var events = Enumerable.Range(0, 5).Select(_ => Transaction("tr_tt=64&tr_cu=GBP"));
        foreach (var e in events) (await harness.ProcessAsync(e)).Event.ShouldHave("base_currency=EUR tr_total_base=80.00");
        (await harness.ProcessAsync(Transaction("tr_tt=1.6&tr_cu=USD"))).Event.ShouldHave("tr_total_base=1.28");
        (await harness.ProcessAsync(Transaction("tr_tt=1&tr_cu=EUR"))).Event.ShouldHave("tr_total_base=1.00");
        (await harness.ProcessAsync(Transaction("tr_tt=1&tr_cu=XYZ"))).BadRow.Failure.GetRawText().ShouldContain("tr_currency");
        server.Requests.Select(request => request.Path).ShouldBe(["/registry/2026-02-28.json"]);

        var nextDay = Transaction("tr_tt=64&tr_cu=GBP") with { TimestampMs = Harness.Request.TimestampMs + 12 * 3600 * 1000 };
        (await harness.ProcessAsync(nextDay)).Event.ShouldHave("tr_total_base=80.00");
        server.Requests.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Service_ThatFailsAtFirst_IsAskedAgain()
    {
        var asked = 0;
        await using var server = new RegistryServer(context => Interlocked.Increment(ref asked) < 3
            ? RegistryServer.Answer(context, 503, "down")
            : RegistryServer.Answer(context, 200, """{"rates":{"EUR":0.8}}"""));
        using var files = WithAccount("EUR");
        using var harness = new Harness(files.Options, http: new Redirect(server.Address));
        (await harness.ProcessAsync(Transaction("tr_tt=10&tr_cu=USD"))).Event.ShouldHave("tr_total_base=8.00");
        asked.ShouldBe(3);
    }

    // status and body | how often it is asked | what the bad row says
    [Theory]
    [InlineData(401, """{"error":true,"status":401,"message":"invalid_app_id","description":"Invalid App ID provided."}""", 1, "answered 401: Invalid App ID provided")]
    [InlineData(404, "<html>", 1, "answered 404")]
    [InlineData(500, "", 3, "answered 500")]
    [InlineData(429, "{}", 3, "answered 429")]
    [InlineData(200, "<html>", 1, "something else than rates")]
    [InlineData(200, """{"rates":{"EUR":"much"}}""", 1, "something else than rates")]
    [InlineData(200, """{"rates":{"GBP":1}}""", 1, "the base currency EUR has no rate on 2026-02-28")]
    public async Task Service_ThatHasNoRates_FailsTheEventAndIsLeftInPeace(int status, string body, int asked, string expected)
    {
        await using var server = new RegistryServer(context => RegistryServer.Answer(context, status, body));
        using var files = WithAccount("EUR");
        using var harness = new Harness(files.Options, http: new Redirect(server.Address));
        for (var i = 0; i < 3; i++)
        {
            var row = (await harness.ProcessAsync(Transaction("tr_tt=10&tr_cu=USD"))).BadRow;
            row.Type.ShouldBe("enrichment_failures");
            row.Failure.GetRawText().ShouldContain(expected);
            row.ToString().ShouldNotContain("k&y");
        }

        server.Requests.Count.ShouldBe(asked);
    }

    [Fact]
    public async Task Service_ThatFailed_IsAskedAgainAMinuteLater()
    {
        var time = new ManualTime();
        await using var server = new RegistryServer(context => RegistryServer.Answer(context, 404, ""));
        using var client = new HttpClient(new Redirect(server.Address));
        var rates = new OpenExchangeRates("key", client, time);
        var day = new DateOnly(2026, 2, 28);
        (await rates.AtEndOfAsync(day, CancellationToken.None)).IsFound.ShouldBeFalse();
        (await rates.AtEndOfAsync(day, CancellationToken.None)).IsFound.ShouldBeFalse();
        server.Requests.Count.ShouldBe(1);
        time.Advance(TimeSpan.FromSeconds(61));
        (await rates.AtEndOfAsync(day, CancellationToken.None)).IsFound.ShouldBeFalse();
        server.Requests.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Service_ThatIsNotThere_IsAskedThreeTimesAndNamed()
    {
        var time = new ManualTime();
        using var client = new HttpClient(new Redirect(new Uri($"http://127.0.0.1:{RegistryServer.FreePort()}/")));
        var rates = new OpenExchangeRates("key", client, time);
        var answer = await time.RunAsync(rates.AtEndOfAsync(new DateOnly(2026, 2, 28), CancellationToken.None));
        answer.Error.ShouldNotBeNull().ShouldStartWith("Open Exchange Rates, asked for 2026-02-28,");
    }

    [Fact]
    public async Task Waiting_ForTheService_CanBeEnded()
    {
        var release = new TaskCompletionSource();
        await using var server = new RegistryServer(async context =>
        {
            await release.Task;
            await RegistryServer.Answer(context, 200, """{"rates":{"EUR":0.8}}""");
        });
        using var files = WithAccount("EUR");
        using var harness = new Harness(files.Options, http: new Redirect(server.Address));
        using var cancellation = new CancellationTokenSource();
        var processing = harness.ProcessAsync(Transaction("tr_tt=10&tr_cu=USD"), cancellation.Token);
        await cancellation.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(processing);
        release.SetResult();
        (await harness.ProcessAsync(Transaction("tr_tt=10&tr_cu=USD"))).Event.ShouldHave("tr_total_base=8.00");
        server.Requests.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("Day,USD\n2026-02-27,1", "its header must be 'Date'")]
    [InlineData("Date,USD\n27.2.2026,1", "line 2 begins with '27.2.2026'")]
    [InlineData("Date,USD\n", "it has no rates")]
    [InlineData("Date,USD\n2026-02-27,1", "parameters.baseCurrency: GBP has no rates in rates.csv.")]
    public void FileOfRates_ThatIsWrong_IsRefused(string rates, string expected)
    {
        using var files = WithFile(rates, "GBP");
        files.ShouldBeRefused(expected);
    }

    [Theory]
    [InlineData("key", "Euro", "parameters.baseCurrency: must be the code of a currency, such as EUR.")]
    [InlineData("", "EUR", "parameters.apiKey: must be the App ID of an account")]
    [InlineData("rates:missing.csv", "EUR", "missing.csv is not there")]
    public void Configuration_ThatIsWrong_IsRefused(string apiKey, string baseCurrency, string expected)
    {
        using var files = With(apiKey, baseCurrency);
        files.ShouldBeRefused(expected);
    }

    private static CollectorPayload Transaction(string parameters) => Harness.Get($"e=tr&p=web&tv=t&{parameters}");

    private static EnrichmentFiles WithFile(string rates, string baseCurrency) => With("rates:rates.csv", baseCurrency).AddFile("rates.csv", rates);

    private static EnrichmentFiles WithAccount(string baseCurrency) => With("k&y", baseCurrency);

    private static EnrichmentFiles With(string apiKey, string baseCurrency) => EnrichmentFiles.Of(Config, $$"""
        {"apiKey":"{{apiKey}}","baseCurrency":"{{baseCurrency}}","rateAt":"EOD_PRIOR","accountType":"DEVELOPER"}
        """);

    /// <summary>Sends requests for the service to a server of the test, keeping the end of their addresses.</summary>
    private sealed class Redirect(Uri server) : DelegatingHandler(new SocketsHttpHandler())
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            request.RequestUri!.AbsoluteUri.ShouldMatch(@"^https://openexchangerates\.org/api/historical/\d{4}-\d\d-\d\d\.json\?app_id=k");
            request.RequestUri = new Uri(server, request.RequestUri.PathAndQuery.Split('/')[^1]);
            return base.SendAsync(request, cancellationToken);
        }
    }
}
