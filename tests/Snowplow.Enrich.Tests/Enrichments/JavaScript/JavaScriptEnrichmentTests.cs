using System.Diagnostics;
using System.Text;
using Snowplow.Enrich.Enrichments.Configuration;
using Snowplow.Enrich.Tests.Pipeline;
using Snowplow.Events.Enriched;

namespace Snowplow.Enrich.Tests.Enrichments.JavaScript;

public sealed class JavaScriptEnrichmentTests : IDisposable
{
    private readonly AcmeEvents _events = new();
    private readonly EnrichmentFiles _files = new();

    // body of process | column=text
    [Theory]
    [InlineData("event.setUser_id('a\\tb')", "user_id=a    b")]
    [InlineData("event.setUser_id(event.getApp_id() + '/' + event.getUser_id())", "user_id=shop/u-1")]
    [InlineData("event.user_id = event.app_id", "user_id=shop")]
    [InlineData("event.setUser_id(null)", "user_id=")]
    [InlineData("event.setUser_id(undefined)", "user_id=")]
    [InlineData("event.setUser_id(42)", "user_id=42")]
    [InlineData("event.setUser_id(String(event.getGeo_city()))", "user_id=null")]
    [InlineData("event.setUser_id(typeof event.getTr_total() + event.getTr_total() * 2)", "user_id=number25")]
    [InlineData("event.setUser_id(event.getTxn_id() + 1)", "user_id=8")]
    [InlineData("event.setUser_id(event.getBr_cookies() == 1 ? 'yes' : 'no')", "user_id=yes")]
    [InlineData("event.setUser_id(event.getCollector_tstamp())", "user_id=2026-03-01 12:00:00.000")]
    [InlineData("event.setUser_id(JSON.parse(event.getUnstruct_event()).data.data.total)", "user_id=9.5")]
    [InlineData("event.setUser_id(JSON.parse(event.getContexts()).data[0].data.mail)", "user_id=a@b.c")]
    [InlineData("event.setUser_id(String(event.getDerived_contexts()))", "user_id=null")]
    [InlineData("event.setUser_id(params.salt + headers.length + headers.size() + headers.get(0))", "user_id=s11Accept: */*")]
    [InlineData("event.setUser_id(headers.filter(h => h.startsWith('Accept')).join())", "user_id=Accept: */*")]
    [InlineData("event.setUser_id('\\ud83d')", "user_id=\ufffd")]
    [InlineData("event.setTxn_id('12')", "txn_id=12")]
    [InlineData("event.setTr_total(0.1)", "tr_total=0.1")]
    [InlineData("event.setTr_total('1.50')", "tr_total=1.50")]
    [InlineData("event.setBr_cookies(false)", "br_cookies=0")]
    [InlineData("event.setGeo_latitude(51.5)", "geo_latitude=51.5")]
    [InlineData("event.setDerived_tstamp('2026-01-02 03:04:05.006')", "derived_tstamp=2026-01-02 03:04:05.006")]
    [InlineData("print('hello'); let s = new Set([1]); event.setUser_id(`${s.size}${[...'ab'].map(c => c + c)}`)", "user_id=1aa,bb")]
    [InlineData("try { event.setTxn_id('x') } catch (e) { event.setUser_id(e.message) }", "user_id=txn_id takes a whole number of 32 bits, not 'x'")]
    [InlineData("event.setContexts(null)", "contexts=")]
    [InlineData("event.setUser_id('ab'.repeat(2) + 'c'.padStart(3, '-') + 'd'.padEnd(2))", "user_id=abab--cd ")]
    [InlineData("return null", "derived_contexts=")]
    [InlineData("return []", "derived_contexts=")]
    public async Task Process_OfAScript_ReadsAndSetsFields(string body, string expected)
    {
        using var harness = Harness(Process(body));
        var e = (await harness.ProcessAsync(Payload)).Event;
        var equals = expected.IndexOf('=', StringComparison.Ordinal);
        EventFields.TryParse(expected[..equals], out var field).ShouldBeTrue();
        (e.Text(field) ?? "").ShouldBe(expected[(equals + 1)..]);
    }

    // body of process | what the failure holds
    [Theory]
    [InlineData("throw 'no'", "no")]
    [InlineData("throw new Error('not wanted')", "Error: not wanted")]
    [InlineData("event.getFoo()", "TypeError")]
    [InlineData("missing.x", "missing is not defined")]
    [InlineData("event.setTxn_id(1.5)", "txn_id takes a whole number of 32 bits, not '1.5'")]
    [InlineData("event.setTr_total('many')", "tr_total takes a decimal number, not 'many'")]
    [InlineData("event.setBr_cookies(2)", "br_cookies takes 1, 0, true or false, not '2'")]
    [InlineData("event.setDerived_tstamp('yesterday')", "derived_tstamp takes a time in UTC")]
    [InlineData("event.setUser_id({})", "user_id takes a string, a number, a boolean or null, not an object")]
    [InlineData("event.setContexts({})", "contexts takes JSON as a string")]
    [InlineData("event.setDerived_contexts('[]')", "derived_contexts takes self-describing JSON")]
    [InlineData("return {}", "process must return an array")]
    [InlineData("return [{}]", "must be self-describing JSON")]
    [InlineData("return [{schema: 'x', data: {}}]", "must be self-describing JSON")]
    [InlineData("return Promise.resolve([])", "process must return an array")]
    [InlineData("let a = []; a[0] = a; return a", "yclic")]
    [InlineData("Java.type('java.lang.System').exit(1)", "Java classes are not offered")]
    [InlineData("new java.lang.String('x')", "Java classes are not offered")]
    [InlineData("System.IO.File.ReadAllText('/etc/passwd')", "System is not defined")]
    [InlineData("event.getUser_id.constructor.constructor('return System')()", "System is not defined")]
    [InlineData("while (true) {}", "")]
    [InlineData("for (;;);", "")]
    [InlineData("(function f() { f() })()", "")]
    [InlineData("const f = () => new Proxy({}, { get: () => f().x }); f().x", "")]
    [InlineData("let s = 'x'; for (;;) s += s", "")]
    [InlineData("let a = []; for (;;) a.push(new Array(1000).fill(0))", "")]
    [InlineData("'x'.repeat(500000000).split('')", "repeat makes more than 1000000 characters")]
    [InlineData("new Array(1e9).fill(0)", "")]
    [InlineData("/^(a+)+$/.test('a'.repeat(40) + 'b')", "")]
    [InlineData("JSON.parse('['.repeat(100000))", "")]
    public async Task Process_ThatFails_IsAnEnrichmentFailureAndHarmsNoLaterEvent(string body, string expected)
    {
        using var harness = Harness(Process($"if (event.getApp_id() == 'shop') {{ {body} }}"));
        var watch = Stopwatch.StartNew();
        var row = (await harness.ProcessAsync(Payload)).BadRow;
        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(30));
        row.Type.ShouldBe("enrichment_failures");
        var message = row.Failure.GetProperty("messages")[0];
        message.GetProperty("enrichment").GetProperty("identifier").GetString().ShouldBe("javascript_script_config");
        message.GetProperty("message").GetProperty("error").GetString()!.ShouldContain(expected);
        (await harness.ProcessAsync(Pipeline.Harness.PostPageView(("aid", "other")))).Event.Text(EventField.AppId).ShouldBe("other");
    }

    [Fact]
    public async Task Process_ThatReturnsEntities_AddsThemAsTheyAreValid()
    {
        using var harness = Harness(Process("return [{schema: 'iglu:com.acme/reply/jsonschema/1-0-0', data: {a: [1, 'ü\\n']}}]"));
        (await harness.ProcessAsync(Payload)).Event.Text(EventField.DerivedContexts)!.ShouldContain(AcmeEvents.Entity("reply", """{"a":[1,"ü\n"]}"""));

        using var wrong = Harness(Process("return [{schema: 'iglu:com.acme/reply/jsonschema/1-0-0', data: {wrong: 1}}]"));
        (await wrong.ProcessAsync(Payload)).BadRow.Type.ShouldBe("schema_violations");
    }

    [Fact]
    public async Task Process_ThatChangesEntities_HasThemValidatedAgain()
    {
        using var harness = Harness(Process("""
            const c = JSON.parse(event.getContexts()); c.data[0].data = JSON.parse(params.user); event.setContexts(JSON.stringify(c));
            const u = JSON.parse(event.getUnstruct_event()); u.data.data.total = 1; event.setUnstruct_event(JSON.stringify(u, null, 2));
            if (event.getContexts() != JSON.stringify(c)) throw 'not read back';
            """), """{"user":"{\"mail\":\"x\"}"}""");
        var e = (await harness.ProcessAsync(Payload)).Event;
        e.Text(EventField.Contexts)!.ShouldContain(AcmeEvents.Entity("user", """{"mail":"x"}"""));
        e.Text(EventField.UnstructEvent)!.ShouldContain(AcmeEvents.Entity("order", """{"total":1}"""));

        using var wrong = Harness(Process("""
            event.setUnstruct_event(event.getUnstruct_event().replace('total', 'wrong')); event.setContexts('{');
            """));
        var row = (await wrong.ProcessAsync(Payload)).BadRow;
        row.Type.ShouldBe("schema_violations");
        row.Failure.GetProperty("messages").GetArrayLength().ShouldBe(2);
    }

    // As in Snowplow, where the step that says what an event is comes before scripts.
    [Theory]
    [InlineData("", "event_name=order event_version=1-0-0")]
    [InlineData("event.setEvent_name('reply')", "event_name=reply event_version=1-0-0")]
    public async Task Process_ThatMakesItAnotherEvent_GivesItItsNameItself(string more, string expected)
    {
        using var harness = Harness(Process($"event.setUnstruct_event(event.getUnstruct_event().replace('/order/', '/reply/')); {more}"));
        var e = (await harness.ProcessAsync(Payload)).Event;
        e.Text(EventField.UnstructEvent)!.ShouldContain("com.acme/reply");
        e.ShouldHave(expected);
    }

    // body of process | how often the specification of orders is inferred
    [Theory]
    [InlineData("", 1)]
    [InlineData("event.setUnstruct_event(event.getUnstruct_event().replace('/order/', '/reply/'))", 0)]
    [InlineData("event.setUnstruct_event(null)", 0)]
    public async Task Process_ThatTakesTheSelfDescribingEventAway_LeavesNothingOfItToLaterSteps(string body, int count)
    {
        _files.AddFile("specs.data", """[{"id":"a","schemaKey":"iglu:com.acme/order/jsonschema/1-0-0"}]""");
        _files.Add("com.snowplowanalytics.snowplow.enrichments/event_spec_enrichment_config/1-0-0", $$"""{"uri":"file://{{_files.Folder}}","database":"specs.data"}""");
        using var harness = Harness(Process(body));
        (await harness.ProcessAsync(Payload)).Event.Derived("com.snowplowanalytics.snowplow/event_specification/1-0-4").Count.ShouldBe(count);
    }

    [Fact]
    public async Task Process_ThatDrops_LeavesNothingOfTheEventAndCountsIt()
    {
        using var harness = Harness(Process("if (event.getUser_id() == 'robot') { event.drop(); throw 'nobody hears' } if (event.getUser_id() == 'bad') throw 'x'"));
        var outcome = await harness.ProcessAsync(Pipeline.Harness.PostItems(
            """{"e":"pv","p":"web","tv":"t","uid":"robot"}""", """{"e":"pv","p":"web","tv":"t","uid":"a"}""",
            """{"e":"pv","p":"web","tv":"t","uid":"bad"}""", """{"e":"pv","p":"web","tv":"t","uid":"b"}""", """{"e":"pv","p":"web","tv":"t","uid":"robot"}"""));
        outcome.Counts.ShouldBe(new EnrichCounts(2, 1, 2, 1));
        outcome.Good.Count.ShouldBe(2);
        outcome.Good[1].Text(EventField.UserId).ShouldBe("b");
        outcome.Bad.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Scripts_OfSeveralFiles_RunInTheOrderOfTheirNamesAndDoNotShareGlobals()
    {
        Add("1-first.json", Process("event.setUser_id('1'); return [{schema: 'iglu:com.acme/reply/jsonschema/1-0-0', data: {n: 1}}]") + "var shared = 1;");
        Add("2-second.json", Process("event.setUser_id(event.getUser_id() + typeof shared + JSON.parse(event.getDerived_contexts()).data.length)"));
        Add("3-third.json", Process("event.eraseDerived_contexts(); return [{schema: 'iglu:com.acme/reply/jsonschema/1-0-0', data: {n: 3}}]"));
        using var harness = new Harness(_files.Options, _events.Iglu);
        var e = (await harness.ProcessAsync(Payload)).Event;
        e.Text(EventField.UserId).ShouldBe("1undefined1");
        e.Text(EventField.DerivedContexts)!.ShouldContain("""[{"schema":"iglu:com.acme/reply/jsonschema/1-0-0","data":{"n":3}}]""");
    }

    [Fact]
    public async Task DerivedContexts_SetByAScript_TakeThePlaceOfTheOthers()
    {
        using var harness = Harness(Process("""
            event.setDerived_contexts(JSON.stringify({schema: 'iglu:com.snowplowanalytics.snowplow/contexts/jsonschema/1-0-1', data: [{schema: 'iglu:com.acme/reply/jsonschema/1-0-0', data: {}}]}))
            """));
        (await harness.ProcessAsync(Payload)).Event.Text(EventField.DerivedContexts)!.ShouldContain("""[{"schema":"iglu:com.acme/reply/jsonschema/1-0-0","data":{}}]""");
    }

    [Fact]
    public async Task Event_OfAScript_HasGetterAndSetterForEachField()
    {
        var calls = Enumerable.Range(0, EventFields.Count).Select(i => EventFields.Name((EventField)i)).Select(name => char.ToUpperInvariant(name[0]) + name[1..]);
        var checks = string.Join("", calls.Select(name => $"if (typeof event.get{name} != 'function' || typeof event.set{name} != 'function') throw '{name}'; event.get{name}();"));
        using var harness = Harness(Process(checks));
        (await harness.ProcessAsync(Payload)).Bad.ShouldBeEmpty();
    }

    // script | what the error holds
    [Theory]
    [InlineData("function process(event) { return", "Unexpected")]
    [InlineData("function proces(event) {}", "the script has no function process(event, params, headers)")]
    [InlineData("throw new Error('at once')", "at once")]
    [InlineData("const System = Java.type('java.lang.System'); function process() {}", "Java classes are not offered")]
    [InlineData("while (true) {}", "")]
    public void Configuration_WithABrokenScript_IsRefused(string script, string expected)
    {
        var error = Should.Throw<EnrichmentConfigException>(() => Harness(script)).Errors.ShouldHaveSingleItem();
        error.ShouldContain("script.json: parameters.script: ");
        error.ShouldContain(expected);
    }

    [Fact]
    public void Configuration_WhoseScriptIsNotBase64_IsRefused()
    {
        _files.Add("com.snowplowanalytics.snowplow/javascript_script_config/1-0-0", """{"script":"function process() {}"}""");
        Should.Throw<EnrichmentConfigException>(() => new Harness(_files.Options)).Message.ShouldContain("must be the script's text in base64");
    }

    internal static Snowplow.Events.Collector.CollectorPayload Payload =>
        AcmeEvents.Payload("""{"total":9.5}""", """{"mail":"a@b.c"}""") with { Headers = ["Accept: */*"] };

    internal static string Process(string body) => $"function process(event, params, headers) {{ {body}\n }}";

    private Harness Harness(string script, string config = """{"salt":"s"}""")
    {
        Add("script.json", script, config);
        return new Harness(_files.Options, _events.Iglu);
    }

    private void Add(string file, string script, string config = "{}") => _files.AddFile(file, $$$"""
        {"schema":"iglu:com.snowplowanalytics.snowplow/javascript_script_config/jsonschema/1-0-1","data":{
        "vendor":"com.snowplowanalytics.snowplow","name":"javascript_script_config","enabled":true,
        "parameters":{"script":"{{{Convert.ToBase64String(Encoding.UTF8.GetBytes(script))}}}","config":{{{config}}}} } }
        """);

    public void Dispose()
    {
        _events.Dispose();
        _files.Dispose();
    }
}
