using System.Text.Json.Nodes;
using Snowplow.Events.Enriched;
using Snowplow.Model.Profiles;

namespace Snowplow.Model.Tests.Profiles;

public sealed class ProfileStateTests
{
    private static readonly TestEvent Event = new() { UserId = "ann" };
    private int _id;

    [Theory]
    [InlineData("counter", "", "4")]
    [InlineData("sum", "tr_total", "20.3")]
    [InlineData("mean", "tr_total", "6.766666666666667")]
    [InlineData("min", "tr_total", "0.1")]
    [InlineData("max", "tr_total", "20")]
    [InlineData("first", "tr_total", "0.1")]
    [InlineData("last", "tr_total", "20")]
    [InlineData("first", "page_title", "\"b\"")]
    [InlineData("last", "page_title", "\"a\"")]
    [InlineData("last", "derived_tstamp", "\"2026-03-01T12:03:00.000Z\"")]
    [InlineData("last", "br_cookies", "true")]
    [InlineData("most_frequent", "page_title", "\"a\"")]
    [InlineData("least_frequent", "page_title", "\"b\"")]
    [InlineData("category_count", "page_title", """{"a":2,"b":1}""")]
    [InlineData("approx_count_distinct", "page_title", "2")]
    [InlineData("unique_list", "page_title", """["a","b"]""")]
    [InlineData("unique_list", "tr_total", "[20,0.2,0.1]")]
    [InlineData("time_since_first", "", "615")]
    [InlineData("time_since_last", "", "435")]
    public void Attribute_OfFourEvents_IsWhatItsAggregationSays(string aggregation, string property, string expected)
    {
        var profile = new ProfileFixture(Attribute("x", aggregation, property));
        profile.Apply(Total(0, "0.1", "b"), Total(1, "0.2", "a"), Total(2, null, "a"), Total(3, "20", null)).Value("x", 10.25).ShouldBe(expected);
    }

    [Theory]
    [InlineData("counter", "", "0")]
    [InlineData("sum", "tr_total", "null")]
    [InlineData("mean", "tr_total", "null")]
    [InlineData("last", "page_title", "null")]
    [InlineData("most_frequent", "page_title", "null")]
    [InlineData("category_count", "page_title", "{}")]
    [InlineData("approx_count_distinct", "page_title", "0")]
    [InlineData("unique_list", "page_title", "[]")]
    [InlineData("time_since_last", "", "null")]
    public void Attribute_OfNoEvents_IsItsDefault(string aggregation, string property, string expected)
    {
        var attribute = Attribute("x", aggregation, property, """ "when": { "field": "event_name", "equals": "never" } """);
        new ProfileFixture(attribute).Value("x").ShouldBe(expected);
        new ProfileFixture($$"""{ "name": "any", "aggregation": "counter" }, {{attribute}}""").Apply(Event).Value("x").ShouldBe(expected);
    }

    [Fact]
    public void DefaultValue_HoldsWhereNoEventIsCounted()
    {
        var profile = new ProfileFixture(Attribute("x", "last", "page_title", """ "default_value": "none" """));
        profile.Value("x").ShouldBe("\"none\"");
        profile.Apply(Event with { Title = "home" }).Value("x").ShouldBe("\"home\"");
    }

    [Fact]
    public void Criteria_OfAnAttribute_LetOnlyTheirEventsCount()
    {
        var profile = new ProfileFixture("""
            { "name": "views", "aggregation": "counter", "when": { "field": "event_name", "equals": "page_view" } },
            { "name": "pings", "aggregation": "counter", "when": { "any": [{ "field": "event_name", "equals": "page_ping" }] } }
            """);
        profile.Apply(Next(0), Next(1) with { Name = "page_ping" }, Next(2));
        profile.At(TestEvent.Noon).ToJsonString().ShouldBe("""{"views":2,"pings":1}""");
    }

    [Fact]
    public void Property_OfAnEntity_KeepsItsKind()
    {
        var profile = new ProfileFixture(Attribute("x", "unique_list", "contexts_com_acme_cart_1.item"));
        string[] items = ["1", "\"1\"", "true", "{\"a\":1}", "null", "12345678901234567890.5"];
        foreach (var (item, minute) in items.Select((item, minute) => (item, minute)))
            profile.Apply(Next(minute) with { Entities = [new TestEntity("com.acme/cart", $"\"item\":{item}")] });
        profile.Reread().Value("x").ShouldBe("""[12345678901234567890.5,"{\u0022a\u0022:1}",true,"1",1]""");
    }

    [Fact]
    public void RollingWindow_MovesWithTheTimeOfReading_ByBucketsOfAThirtieth()
    {
        var profile = new ProfileFixture("""
            { "name": "n", "aggregation": "counter", "period": 1800 },
            { "name": "spent", "aggregation": "sum", "property": "tr_total", "period": 1800 },
            { "name": "first", "aggregation": "first", "property": "tr_total", "period": 1800 },
            { "name": "last", "aggregation": "last", "property": "tr_total", "period": 1800 },
            { "name": "list", "aggregation": "unique_list", "property": "tr_total", "period": 1800 },
            { "name": "all", "aggregation": "counter" }
            """);
        profile.Apply(Total(0.5, "1", null), Total(10, "2", null)).Reread();
        profile.At(TestEvent.Noon.AddMinutes(30)).ToJsonString().ShouldBe("""{"n":2,"spent":3,"first":1,"last":2,"list":[2,1],"all":2}""");
        // The event half a minute after noon shares a bucket of one minute with what the window still touches.
        profile.At(TestEvent.Noon.AddMinutes(30.9)).ToJsonString().ShouldBe("""{"n":2,"spent":3,"first":1,"last":2,"list":[2],"all":2}""");
        profile.At(TestEvent.Noon.AddMinutes(31)).ToJsonString().ShouldBe("""{"n":1,"spent":2,"first":2,"last":2,"list":[2],"all":2}""");
        profile.At(TestEvent.Noon.AddMinutes(41)).ToJsonString().ShouldBe("""{"n":0,"spent":null,"first":null,"last":null,"list":[],"all":2}""");
    }

    [Fact]
    public void RollingWindow_OfManyEvents_KeepsAtMostTheBucketsItTouches()
    {
        var profile = new ProfileFixture("""{ "name": "n", "aggregation": "counter", "period": 3600 }""");
        for (var minute = 0; minute < 1000; minute++) profile.Apply(Next(minute));
        profile.State.Groups["g"].Attributes[0].Buckets!.Count.ShouldBeLessThanOrEqualTo(ProfileAttribute.BucketsPerPeriod + 2);
        profile.Value("n", 1000).ShouldBe("60");
    }

    [Fact]
    public void EventsOfTheFuture_CountByTheCollectorsTime()
    {
        var profile = new ProfileFixture("""{ "name": "n", "aggregation": "counter", "period": 60 }, { "name": "since", "aggregation": "time_since_last" }""");
        profile.Apply(Next(600) with { Collector = TestEvent.Noon });
        profile.At(TestEvent.Noon.AddSeconds(30)).ToJsonString().ShouldBe("""{"n":1,"since":30}""");
    }

    [Fact]
    public void Copies_OfAnEvent_CountOnceByTheEarliest()
    {
        var profile = new ProfileFixture("""{ "name": "n", "aggregation": "counter" }, { "name": "spent", "aggregation": "sum", "property": "tr_total", "period": 600 }""");
        var order = Total(20, "5", null);
        profile.Apply(order, order.After(3), order.After(-15), order.After(-15)).Reread();
        profile.At(TestEvent.Noon.AddMinutes(21)).ToJsonString().ShouldBe("""{"n":1,"spent":null}""");
        profile.Apply(Total(21, "2", null)).Value("spent", 21).ShouldBe("2");
    }

    [Fact]
    public void TimeToLive_WithoutAnEvent_EndsAProfile_AndTheNextEventBeginsAnother()
    {
        var profile = new ProfileFixture("""{ "name": "n", "aggregation": "counter" }""", more: "\"ttl\": 600,");
        profile.Apply(Next(0), Next(9)).Value("n", 18.9).ShouldBe("2");
        profile.Value("n", 19).ShouldBe("0");
        profile.Apply(Next(20)).Reread().Value("n", 21).ShouldBe("1");
        // One of the life before comes too late; one of this life does not.
        profile.Apply(Next(5), Next(15)).Value("n", 21).ShouldBe("2");
    }

    [Fact]
    public void Sums_OfNumbersThatFloatsCannotHold_AreExact()
    {
        var profile = new ProfileFixture(Attribute("x", "sum", "tr_total"));
        for (var i = 0; i < 10; i++) profile.Apply(Total(i, "0.1", null));
        profile.Apply(Total(11, "900000000000000000", null), Total(12, "1e30", null), Total(13, "x", null)).Reread();
        profile.Value("x", 20).ShouldBe("900000000000000001");
    }

    [Fact]
    public void ListsAndCategories_BeyondAHundredValues_AreBoundedAndSaySo()
    {
        var profile = new ProfileFixture($"""{Attribute("list", "unique_list", "page_title")}, {Attribute("counts", "category_count", "page_title")}""");
        for (var i = 0; i < 250; i++) profile.Apply(Next(i) with { Title = $"t{i:D3}" });
        var attributes = profile.Reread().At(TestEvent.Noon);
        attributes["list"]!.AsArray().Select(title => title!.GetValue<string>()).ShouldBe(Enumerable.Range(150, 100).Reverse().Select(i => $"t{i:D3}"));
        attributes["counts"]!.AsObject().Count.ShouldBe(101);
        attributes["counts"]!["t099"]!.GetValue<int>().ShouldBe(1);
        attributes["counts"]!["(other)"]!.GetValue<int>().ShouldBe(150);
    }

    [Fact]
    public void Apply_OfABatchAgain_ChangesNothing_AndShortOfABatchAnswersBehind()
    {
        var profile = new ProfileFixture("""{ "name": "n", "aggregation": "counter" }""");
        profile.State.Apply("log/0", 0, 10, TestEvent.Lines([Next(0)])).ShouldBe(ApplyOutcome.Applied);
        profile.State.Apply("log/0", 0, 10, TestEvent.Lines([Next(1)])).ShouldBe(ApplyOutcome.AlreadyApplied);
        profile.State.Apply("log/0", 11, 12, TestEvent.Lines([Next(2)])).ShouldBe(ApplyOutcome.Behind);
        profile.Value("n").ShouldBe("1");
    }

    [Fact]
    public void Rules_ThatChange_BeginOnlyWhatTheyChangeAnew()
    {
        const string Kept = """{ "name": "n", "aggregation": "counter" }""";
        var profile = new ProfileFixture($"{Kept}, {Attribute("x", "last", "page_title")}, {Attribute("gone", "last", "page_title")}");
        profile.Apply(Event with { Title = "home" });
        var changed = ProfileFixture.Rules($"""{Attribute("x", "last", "page_url")}, {Attribute("more", "first", "page_title")}, {Kept.Replace(" ", "", StringComparison.Ordinal)}""");
        profile.Reread(changed).At(TestEvent.Noon).ToJsonString().ShouldBe("""{"x":null,"more":null,"n":1}""");
        profile.Reread(ProfileFixture.Rules(Kept.Replace("}", ", \"default_value\": 7 }", StringComparison.Ordinal))).Value("n").ShouldBe("1");
    }

    [Theory]
    [InlineData("user", "user:d:duid")]
    [InlineData("session", "session:sid")]
    [InlineData("user_id", "user_id:ann")]
    [InlineData("domain_userid", "domain_userid:duid")]
    [InlineData("contexts_com_acme_account_1.id", "contexts_com_acme_account_1.id:42")]
    [InlineData("network_userid", null)]
    [InlineData("page_url", null)]
    [InlineData("page_title", null)]
    public void Key_OfAnEvent_IsTheValueOfItsField(string key, string? expected)
    {
        var rules = Snowplow.Model.Rules.ModelRules.Parse(System.Text.Encoding.UTF8.GetBytes(
            $$"""{ "version": 1, "attribute_groups": [{ "name": "g", "version": 1, "key": "{{key}}", "attributes": [{ "name": "n", "aggregation": "counter" }] }] }"""));
        var e = Event with
        {
            DomainUserid = "duid",
            DomainSessionid = "sid",
            NetworkUserid = "00000000-0000-0000-0000-000000000000",
            Title = new string('x', 256),
            Entities = [new TestEntity("com.acme/account", "\"id\":42")],
        };
        var reader = new ProfileKeyReader(rules.Profiles);
        for (var i = 0; i < 2; i++) reader.Read(e.Line).ShouldBe(expected is null ? [] : [expected]);
    }

    [Fact]
    public void Events_ThatNoAttributeTakes_HaveNoProfile()
    {
        var reader = new ProfileKeyReader(ProfileFixture.Rules(Attribute("x", "last", "page_title", """ "when": { "field": "event_name", "equals": "order" } """)));
        reader.Read(Event.Line).ShouldBeEmpty();
        reader.Read((Event with { Name = "order" }).Line).ShouldBe(["user_id:ann"]);
    }

    [Fact]
    public void Read_TellsGroupVersionKeyAndNewestEvent()
    {
        var profile = new ProfileFixture("""{ "name": "n", "aggregation": "counter" }""").Apply(Next(1), Next(0));
        var json = JsonNode.Parse(profile.State.Read("g", TestEvent.Noon.ToUnixTimeMilliseconds()))!;
        json.ToJsonString().ShouldBe("""{"group":"g","version":1,"key":"ann","last_event_tstamp":"2026-03-01T12:01:00.000Z","attributes":{"n":2}}""");
        profile.State.Read("other", 0).ShouldBeNull();
    }

    private static string Attribute(string name, string aggregation, string property, string? more = null) =>
        $$"""{ "name": "{{name}}", "aggregation": "{{aggregation}}"{{(property.Length == 0 ? "" : $", \"property\": \"{property}\"")}}{{(more is null ? "" : ", " + more)}} }""";

    private TestEvent Next(double minutes) => Event.After(minutes) with { Id = $"00000000-0000-4000-8000-{++_id:D12}" };

    private TestEvent Total(double minutes, string? total, string? title) =>
        (Next(minutes) with { Title = title }).Also((EventField.TrTotal, total), (EventField.BrCookies, "1"));
}
