using System.Diagnostics;
using System.Text;
using Snowplow.Enrich.UserAgents;

namespace Snowplow.Enrich.Tests.UserAgents;

public sealed class UserAgentReaderTests
{
    // user agent | browser, operating system, device; versions in the order of their parts, '-' for none
    [Theory]
    [InlineData(
        "Mozilla/5.0 (Linux; Android 13; SM-S918B) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/112.0.5615.48 Mobile Safari/537.36",
        "Chrome Mobile|112|0|5615|Android|13|-|-|-|Samsung SM-S918B|Samsung|SM-S918B")]
    [InlineData(
        "Mozilla/5.0 (iPhone; CPU iPhone OS 17_4_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.4 Mobile/15E148 Safari/604.1",
        "Mobile Safari|17|4|-|iOS|17|4|1|-|iPhone|Apple|iPhone")]
    [InlineData(
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:124.0) Gecko/20100101 Firefox/124.0",
        "Firefox|124|0|-|Windows|10|-|-|-|Other|-|-")]
    [InlineData(
        "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
        "Googlebot|2|1|-|Other|-|-|-|-|Spider|Spider|Desktop")]
    [InlineData("nothing known", "Other|-|-|-|Other|-|-|-|-|Other|-|-")]
    public void UserAgent_ByTheRulesOfUapCore_IsRead(string userAgent, string expected) => Read(Rules.All, userAgent).ShouldBe(expected);

    // rules of user agents | text | family|major|minor|patch
    [Theory]
    [InlineData("[{regex: 'b'}, {regex: 'a', family_replacement: 'first'}, {regex: '(a)', family_replacement: 'second'}]", "a", "first|-|-|-")]
    [InlineData("[{regex: '(x)/(\\d+)\\.(\\d+)\\.(\\d+)'}]", "x/1.2.3", "x|1|2|3")]
    [InlineData("[{regex: '(x)/(\\d+)(?:\\.(\\d+)|)', v1_replacement: '9', v2_replacement: '$3.$2'}]", "x/1", "x|9|.1|-")]
    [InlineData("[{regex: '(x)(y|)', family_replacement: ' $1 and $2 '}]", "x", "x and|-|-|-")]
    [InlineData("[{regex: '(x*)y'}]", "y", "Other|-|-|-")]
    [InlineData("[{regex: '(x)', regex_flag: 'i'}]", "aX", "X|-|-|-")]
    [InlineData("[{regex: '(x)'}]", "aX", "Other|-|-|-")]
    [InlineData("[{regex: '^.{2}(x)$'}]", "é中x", "x|-|-|-")]
    [InlineData("[{regex: '(.)x'}]", "a😀x", "😀|-|-|-")]
    public void Rules_OfTheSpecification_FillFields(string rules, string userAgent, string expected) =>
        Read(Rules.Of($"user_agent_parsers: {rules}"), userAgent).ShouldStartWith(expected);

    [Theory]
    [InlineData("[{regex: '(a)(?=b)(\\w)'}]", "ab", "a|b|-|-")]
    [InlineData("[{regex: '(.)\\1(ß)'}]", "xxß", "x|ß|-|-")]
    [InlineData("[{regex: '(a)(?!b)'}]", "ab", "Other|-|-|-")]
    [InlineData("[{regex: '^(a+)+b$(?=)'}]", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaac", "Other|-|-|-")]
    public void Rules_BeyondWhatProgramsCanDo_AreDoneByDotNet(string rules, string userAgent, string expected) =>
        Read(Rules.Of($"user_agent_parsers: {rules}"), userAgent).ShouldStartWith(expected);

    [Theory]
    [InlineData("user_agent_parsers: []", "the list os_parsers is missing")]
    [InlineData("- a", "no file of rules")]
    [InlineData("a: [", "this is no YAML")]
    [InlineData("user_agent_parsers:\n- regex: '('\nos_parsers:\n- x: y\ndevice_parsers: []", "line 2: the regex cannot be used")]
    [InlineData("user_agent_parsers:\n- regex: '('\nos_parsers:\n- x: y\ndevice_parsers: []", "line 4: a rule needs a regex")]
    public void Rules_OfAWrongFile_SayWhereAndWhy(string yaml, string expected)
    {
        using var text = new StringReader(yaml);
        Should.Throw<InvalidDataException>(() => UserAgentRules.Read(text)).Message.ShouldContain(expected);
    }

    [Fact]
    public void Rules_OfUapCore_AllBecomeProgramsWithLiterals()
    {
        var rules = Rules.All.Parts.SelectMany(part => part).ToList();
        rules.Count.ShouldBeGreaterThan(1_000);
        rules.ShouldAllBe(rule => rule.Program != null && rule.Required.Count > 0);
    }

    // A piece that is repeated to 10 kB.
    [Theory]
    [InlineData("; HTC ")]
    [InlineData("; HTC_1/")]
    [InlineData("Mozilla/5.0 Windows Phone 8; IEMobile/1; ARM; Touch; HTC; ")]
    [InlineData("Android 4.0; en-us; ")]
    [InlineData("; Build/a Build ")]
    [InlineData("CFNetwork/1 Darwin/1")]
    [InlineData("bot spider crawler nokia samsung Android iPhone ")]
    [InlineData("a")]
    [InlineData("; ; ;  ")]
    [InlineData("HbbTV/1.1.1 (;;;;;) CE-HTML; ")]
    [InlineData("é")]
    public void Reader_OnHostileTexts_StaysWithinItsBudget(string piece)
    {
        var reader = new UserAgentReader(Rules.All);
        var text = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(piece, 10_000 / piece.Length)));
        reader.Read(text);
        var clock = Stopwatch.StartNew();
        for (var round = 0; round < 10; round++) reader.Read(text);
        reader.Steps.ShouldBeLessThan(RuleMatch.MaxSteps + FoldedText.MaxCharacters);
        clock.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(5), $"{reader.Steps} steps");
    }

    [Fact]
    public void Reader_OfOneTextAfterAnother_AllocatesNothing()
    {
        var reader = new UserAgentReader(Rules.All);
        var texts = new[] { "Chrome/1.2 é", "Mozilla/5.0 (Windows NT 10.0; rv:1.0) Gecko/2 Firefox/1.0" }.Select(Encoding.UTF8.GetBytes).ToArray();
        foreach (var text in texts) reader.Read(text);
        var before = GC.GetAllocatedBytesForCurrentThread();
        foreach (var text in texts) reader.Read(text);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    private static string Read(UserAgentRules rules, string userAgent)
    {
        var reader = new UserAgentReader(rules);
        reader.Read(Encoding.UTF8.GetBytes(userAgent));
        return string.Join('|', Enum.GetValues<UserAgentField>().Select(field => reader.Text(field) ?? "-"));
    }
}
