using System.Buffers;
using System.Text;
using System.Text.Json;
using Snowplow.Enrich.Tests.Pipeline;
using Snowplow.Enrich.UserAgents;

namespace Snowplow.Enrich.Tests.UserAgents;

public sealed class RecentContextsTests
{
    private static readonly UserAgentRules OneRule = Rules.Of("user_agent_parsers: [{regex: '(App)/(\\d+)'}]");

    [Fact]
    public void Find_OfTextsSeenOrNot_IsWhatTheRulesSay()
    {
        var recent = new RecentContexts(OneRule);
        var context = new UserAgentContext(OneRule);
        var random = new Random(3);
        for (var round = 0; round < 20_000; round++)
        {
            var userAgent = Encoding.UTF8.GetBytes($"App/{random.Next(random.Next(1, RecentContexts.GenerationSize * 4))}");
            var expected = new ArrayBufferWriter<byte>();
            context.Write(userAgent, expected);
            recent.Find(userAgent).SequenceEqual(expected.WrittenSpan).ShouldBeTrue();
        }
    }

    [Fact]
    public void Find_OfATextAmongTheLast_AllocatesNothing()
    {
        var recent = new RecentContexts(OneRule);
        for (var number = 0; number < RecentContexts.GenerationSize * 3; number++) recent.Find(Encoding.UTF8.GetBytes($"App/{number}"));
        var last = Encoding.UTF8.GetBytes($"App/{(RecentContexts.GenerationSize * 3) - 1}");
        recent.Find(last);
        var before = GC.GetAllocatedBytesForCurrentThread();
        recent.Find(last);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    [Fact]
    public void Write_OfAnyBytes_IsJson()
    {
        var fuzz = new Fuzz(11);
        var context = new UserAgentContext(Rules.Of("user_agent_parsers: [{regex: '(.{0,40})'}]"));
        for (var round = 0; round < 1_000; round++)
        {
            var output = new ArrayBufferWriter<byte>();
            context.Write(fuzz.Bytes(300), output);
            using var json = JsonDocument.Parse(output.WrittenMemory);
            json.RootElement.GetProperty("useragentFamily").ValueKind.ShouldBe(JsonValueKind.String);
        }
    }
}
