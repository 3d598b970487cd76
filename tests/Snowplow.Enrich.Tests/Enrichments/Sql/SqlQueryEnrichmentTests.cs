using Snowplow.Enrich.Enrichments.Configuration;
using Snowplow.Enrich.Tests.Iglu;
using Snowplow.Enrich.Tests.Pipeline;
using Snowplow.Events.Enriched;

namespace Snowplow.Enrich.Tests.Enrichments.Sql;

public sealed class SqlQueryEnrichmentTests(PostgresServer server) : IClassFixture<PostgresServer>, IDisposable
{
    private const string UserId = """{"placeholder":1,"pojo":{"field":"user_id"}}""";

    private readonly AcmeEvents _events = new();
    private readonly EnrichmentFiles _files = new();

    [PostgresFact]
    public async Task Row_OfAllTypes_IsJson()
    {
        using var harness = Harness("select * from users where id = ?", UserId, names: "CAMEL_CASE");
        (await harness.ProcessAsync(AcmeEvents.Payload(null))).Event.Text(EventField.DerivedContexts)!.ShouldContain(AcmeEvents.Entity("reply", """
            {"id":"u-1","fullName":"Ann \"A\" Ü","dateOfBirth":"1990-02-03","visits":7,"balance":12.5000,"isVip":true,"score":0.5,
            "seen":"2026-01-02T03:04:05.678Z","seenTz":"2026-01-02T01:04:05.678Z","ref":"7f3c2b1a-0000-4000-8000-000000000001",
            "tags":["a","b"],"extra":{"k":[1,2.50]},"raw":"AQI=","nothing":null}
            """.ReplaceLineEndings("").Trim()));
    }

    [PostgresFact]
    public async Task Values_OfAnyKind_MeetColumnsOfAnyType()
    {
        const string Order = """{"placeholder":#,"json":{"field":"unstruct_event","schemaCriterion":"iglu:com.acme/order/jsonschema/1-0-0","jsonPath":"$.@"}}""";
        var inputs = string.Join(',', ((string[])["n", "d", "b", "u", "s"]).Select((name, i) => Order.Replace("#", $"{i + 1}").Replace("@", name)));
        using var harness = Harness("select id from users where visits = ? and balance = ? and is_vip = ? and ref = ? and id = ?", inputs);
        (await harness.ProcessAsync(AcmeEvents.Payload("""{"n":7,"d":12.5,"b":true,"u":"7f3c2b1a-0000-4000-8000-000000000001","s":"u-1"}""")))
            .Event.Text(EventField.DerivedContexts)!.ShouldContain("""{"id":"u-1"}""");
        (await harness.ProcessAsync(AcmeEvents.Payload("""{"n":"x'; drop table users; --","d":1,"b":false,"u":"7f3c2b1a-0000-4000-8000-000000000001","s":""}""")))
            .BadRow.Failure.GetRawText().ShouldContain("the query failed");
    }

    // sql, expected rows, describes | entities' data, or what the failure holds
    [PostgresTheory]
    [InlineData("select id from users where id = ?", "EXACTLY_ONE", "ALL_ROWS", """{"id":"u-1"}""")]
    [InlineData("select id from users where id <> ? order by id", "AT_LEAST_ONE", "EVERY_ROW", """{"id":"u-2"} {"id":"u-3"}""")]
    [InlineData("select json_build_object('k', 1) as j from users where id = ?", "AT_MOST_ONE", "EVERY_ROW", """{"j":{"k" : 1}}""")]
    [InlineData("select id from users where id = ? and false", "AT_MOST_ONE", "ALL_ROWS", "")]
    [InlineData("select id from users where id = ? and false", "AT_LEAST_ZERO", "EVERY_ROW", "")]
    [InlineData("select id from users where id = ? and false", "EXACTLY_ONE", "ALL_ROWS", "!no row, not EXACTLY_ONE")]
    [InlineData("select id from users where id = ? and false", "AT_LEAST_ONE", "ALL_ROWS", "!no row, not AT_LEAST_ONE")]
    [InlineData("select id from users where id <> ?", "AT_MOST_ONE", "EVERY_ROW", "!several rows, not AT_MOST_ONE")]
    [InlineData("select id from nowhere where id = ?", "AT_MOST_ONE", "EVERY_ROW", "!nowhere")]
    [InlineData("select repeat('x', 100000) from users, generate_series(1, 1000) where id = ?", "AT_LEAST_ONE", "EVERY_ROW", "!come to more than")]
    public async Task Rows_OfAQuery_AreAsExpectedOrAFailure(string sql, string expectedRows, string describes, string expected)
    {
        using var harness = Harness(sql, UserId, expectedRows: expectedRows, describes: describes);
        var outcome = await harness.ProcessAsync(AcmeEvents.Payload(null));
        if (expected is ['!', ..])
        {
            outcome.BadRow.Failure.GetRawText().ShouldContain(expected[1..]);
            return;
        }

        var contexts = outcome.Event.Text(EventField.DerivedContexts);
        if (expected.Length == 0) contexts.ShouldBeNull();
        else contexts!.ShouldContain(string.Join(',', expected.Split("} {").Select((_, i) => AcmeEvents.Entity("reply", Part(expected, i)))));

        static string Part(string all, int index)
        {
            var parts = all.Split("} {");
            var text = parts[index];
            return ((index > 0 ? "{" : "") + text + (index < parts.Length - 1 ? "}" : "")).Replace(" : ", ":", StringComparison.Ordinal);
        }
    }

    [PostgresFact]
    public async Task Answer_OfTheDatabase_IsRemembered()
    {
        await server.ExecuteAsync("create table seen(n serial); create function see(id text) returns text volatile language sql as 'insert into seen default values; select id'");
        using var harness = Harness("select see(?) as id", UserId);
        for (var i = 0; i < 3; i++) (await harness.ProcessAsync(AcmeEvents.Payload(null))).Event.Text(EventField.DerivedContexts)!.ShouldContain("""{"id":"u-1"}""");
        using var counting = Harness("select max(n) as id from seen where ? <> ''", UserId);
        (await counting.ProcessAsync(AcmeEvents.Payload(null))).Event.Text(EventField.DerivedContexts)!.ShouldContain("""{"id":1}""");
    }

    [PostgresFact]
    public async Task Event_WithoutAValue_IsNotAskedAbout()
    {
        using var harness = Harness("select nonsense(?)", """{"placeholder":1,"pojo":{"field":"se_label"}}""");
        (await harness.ProcessAsync(AcmeEvents.Payload(null))).Event.Text(EventField.DerivedContexts).ShouldBeNull();
    }

    [Theory]
    [InlineData("postgresql")]
    [InlineData("mysql")]
    public async Task Database_ThatIsNotThere_FailsTheEventUnlessToBeIgnored(string kind)
    {
        using var harness = Harness("select ?", UserId, kind: kind, port: RegistryServer.FreePort());
        (await harness.ProcessAsync(AcmeEvents.Payload(null))).BadRow.Failure.GetRawText().ShouldContain("the query failed");
        using var lenient = Harness("select ?", UserId, kind: kind, port: RegistryServer.FreePort(), ignoreOnError: true);
        (await lenient.ProcessAsync(AcmeEvents.Payload(null))).Event.Text(EventField.AppId).ShouldBe("shop");
    }

    [Theory]
    [InlineData("select 1", "has 0 placeholders")]
    [InlineData("select ?, ?", "has 2 placeholders '?', so the inputs must have the placeholders 1 to 2")]
    public void Configuration_WhosePlaceholdersDoNotFit_IsRefused(string sql, string expected) =>
        Should.Throw<EnrichmentConfigException>(() => Harness(sql, UserId)).Errors.ShouldHaveSingleItem().ShouldContain(expected);

    private Harness Harness(
        string sql, string inputs, string expectedRows = "AT_MOST_ONE", string describes = "EVERY_ROW", string names = "AS_IS",
        string kind = "postgresql", int? port = null, bool ignoreOnError = false)
    {
        _files.Add("com.snowplowanalytics.snowplow.enrichments/sql_query_enrichment_config/1-0-1", $$$"""
            {"inputs":[{{{inputs}}}],
            "database":{"{{{kind}}}":{"host":"127.0.0.1","port":{{{port ?? server.Port}}},"sslMode":false,"username":"postgres","password":"","database":"postgres"} },
            "query":{"sql":{{{System.Text.Json.JsonSerializer.Serialize(sql)}}} },
            "output":{"expectedRows":"{{{expectedRows}}}","json":{"schema":"iglu:com.acme/reply/jsonschema/1-0-0","describes":"{{{describes}}}","propertyNames":"{{{names}}}"} },
            "cache":{"size":10,"ttl":60},"ignoreOnError":{{{(ignoreOnError ? "true" : "false")}}} }
            """);
        return new Harness(_files.Options, _events.Iglu);
    }

    public void Dispose()
    {
        _events.Dispose();
        _files.Dispose();
    }
}
