using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using Snowplow.Events.Collector;

namespace Snowplow.Enrich.Tests.Pipeline;

/// <summary>Requests that somebody made on purpose: each gets its outcome, in bounded time and memory, and never meets a bug.</summary>
public sealed class HostileInputTests : IDisposable
{
    // What one record may allocate over time, the tests' own copies of its output included: some tens of times its size.
    private const long MaxAllocatedBytes = 1L << 30;

    private static readonly Dictionary<string, (CollectorPayload Payload, int Outcomes)> Cases = new()
    {
        ["body of invalid UTF-8"] = (Harness.Request with { Body = new byte[] { 0xff, 0xfe, 0xc0, 0x80 }, ContentType = "application/json" }, 1),
        ["UTF-16 body"] = (Harness.Request with { Body = Encoding.Unicode.GetBytes("{}"), ContentType = "application/json" }, 1),
        ["10 MB of open arrays"] = (Harness.Post(new string('[', 10_000_000)), 1),
        ["10 MB of nested objects"] = (Harness.Post(Repeat("{\"a\":", 2_000_000)), 1),
        ["2 MB of nested contexts"] = (Harness.PostPageView(("co", Repeat("[", 2_000_000))), 1),
        ["closed nesting of 100,000 levels"] = (Harness.PostPageView(("co", Repeat("[", 100_000) + Repeat("]", 100_000))), 1),
        ["lone surrogates escaped"] = (Harness.PostItems("""{"e":"pv","p":"web","tv":"t","page":"\ud800 \udc00 \ud83d"}"""), 1),
        ["NaN for a number"] = (Harness.PostPageView(("se_va", "NaN"), ("tr_tt", "Infinity")), 1),
        ["bare NaN in JSON"] = (Harness.PostItems("""{"e":"pv","p":"web","tv":NaN}"""), 1),
        ["number of a million digits"] = (Harness.PostPageView(("se_va", new string('9', 1_000_000))), 1),
        ["huge exponent"] = (Harness.PostPageView(("se_va", "1e2147483647"), ("tr_tt", "1e-2147483648")), 1),
        ["year 99999"] = (Harness.PostPageView(("dtm", "3093527980800000"), ("ttm", "3093527980800000")), 1),
        ["times at the ends of int64"] = (Harness.PostPageView(("dtm", "-9223372036854775808"), ("stm", "9223372036854775807")), 1),
        ["collector time at the end of int64"] = (Harness.PostPageView() with { TimestampMs = long.MinValue }, 1),
        ["header injection in values"] = (Harness.PostPageView(("page", "a\r\nSet-Cookie: sp=1"), ("aid", "x\u0000y\u2028z\u0085")), 1),
        ["tabs and line feeds in everything"] = (Harness.PostPageView(("uid", "\t\n\t"), ("url", "http://a.com/\t\n?x=\t")), 1),
        ["percent signs in the query"] = (Harness.Get("e=pv&page=%zz%"), 1),
        ["a query of ampersands"] = (Harness.Get("e=pv" + new string('&', 1_000_000)), 1),
        ["a million parameters"] = (Harness.Get("e=pv&" + Repeat("a=b&", 250_000)), 1),
        ["one parameter a thousand times"] = (Harness.Get(Repeat("e=pv&", 1000)), 1),
        ["path tricks"] = (Harness.Request with { Path = "/../../etc/passwd" }, 1),
        ["path of percent signs"] = (Harness.Request with { Path = "/%2e%2e/%2f%2f", Querystring = "e=pv" }, 1),
        ["schema with a path in it"] = (Unstruct("iglu:../../../etc/passwd/jsonschema/1-0-0"), 1),
        ["schema of dots"] = (Unstruct("iglu:../passwd/jsonschema/1-0-0"), 1),
        ["schema of a million characters"] = (Unstruct($"iglu:com.acme/{new string('a', 1_000_000)}/jsonschema/1-0-0"), 1),
        ["address that is none"] = (Harness.PostPageView(("ip", "999.999.999.999")) with { IpAddress = new string('1', 100_000) }, 1),
        ["forged forwarding header"] = (Harness.PostPageView() with { Headers = ["X-Forwarded-For: " + Repeat("1.2.3.4, ", 100_000)] }, 1),
        ["cookie header of a megabyte"] = (Harness.PostPageView() with { Headers = ["Cookie: " + Repeat("a=b; ", 200_000)] }, 1),
        ["user agent of a megabyte"] = (Harness.PostPageView() with { UserAgent = Repeat("Mozilla/5.0 (", 80_000) }, 1),
        ["URL of a megabyte"] = (Harness.PostPageView(("url", "http://a.com/?" + Repeat("utm_source=x&", 80_000))), 1),
        ["referrer of brackets"] = (Harness.PostPageView(("refr", "http://" + Repeat("[", 5000))), 1),
        ["base64 of nothing but padding"] = (Harness.PostPageView(("cx", new string('=', 100_000))), 1),
        ["base64 of invalid UTF-8"] = (Harness.PostPageView(("cx", Base64Url.EncodeToString([0xff, 0xfe]))), 1),
        ["duplicate keys"] = (Harness.PostItems("""{"e":"pv","e":"zz","p":"web","p":"app","tv":"t","tv":"u"}"""), 1),
        ["items that are no objects"] = (Harness.PostItems("1", "null", "[]", "\"x\"", "{}"), 5),
        ["as many items as a payload may have"] = (Harness.PostItems([.. Enumerable.Repeat("{}", 5000)]), 5000),
        ["more items than a payload may have"] = (Harness.PostItems([.. Enumerable.Repeat("{}", 5001)]), 1),
        ["network user id that is none"] = (Harness.PostPageView() with { NetworkUserId = "'; drop table events; --" }, 1),
        ["network user id of a megabyte"] = (Harness.PostPageView() with { NetworkUserId = new string('0', 1_000_000) }, 1),
        ["content type of a megabyte"] = (Harness.Post("{}", new string('a', 1_000_000)), 1),
        ["gzip passed off as JSON"] = (Harness.Request with { Body = new byte[] { 0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3 }, ContentType = "application/json" }, 1),
        ["hostname of control characters"] = (Harness.PostPageView() with { Hostname = "a\r\nb", Headers = ["\r\n", "", ":", "a", "X-Forwarded-For:"] }, 1),
        ["everything over its limit"] = (Harness.PostPageView([.. "uid duid aid tna page lang cs tz refr fp".Split(' ').Select(name => (name, new string('x', 30_000)))]), 1),
    };

    private readonly Harness _harness = new();

    public static TheoryData<string> Names => [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Input_ThatSomebodyMadeOnPurpose_HasItsOutcomes(string name)
    {
        var (payload, outcomes) = Cases[name];
        var before = GC.GetTotalAllocatedBytes();
        var outcome = await _harness.ProcessAsync(payload);
        (GC.GetTotalAllocatedBytes() - before).ShouldBeLessThan(MaxAllocatedBytes);
        (outcome.Good.Count + outcome.Bad.Count).ShouldBe(outcomes);
        outcome.Bad.ShouldAllBe(row => row.Type != "generic_error");
        FailedEventRules.Check(outcome);
        // The next visitor is served as if nothing had been.
        (await _harness.ProcessAsync(Harness.PostPageView())).Good.Count.ShouldBe(1);
    }

    public void Dispose() => _harness.Dispose();

    private static string Repeat(string text, int times) => new StringBuilder(text.Length * times).Insert(0, text, times).ToString();

    private static CollectorPayload Unstruct(string schema) => Harness.PostPageView(
        ("e", "ue"),
        ("ue_pr", JsonSerializer.Serialize(new { schema = "iglu:com.snowplowanalytics.snowplow/unstruct_event/jsonschema/1-0-0", data = new { schema, data = new { } } })));
}
