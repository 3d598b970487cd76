using System.Text.RegularExpressions;
using Snowplow.Model.Rules;
using Snowplow.Model.Rules.Reading;

namespace Snowplow.Model.Tests.Rules;

/// <summary>The page for users says what the program does.</summary>
public sealed partial class RuleDocumentTests
{
    private static readonly string Page = File.ReadAllText(Path.Combine(FindRoot(), "docs", "model-rules.md"));

    [Fact]
    public void Example_OnThePage_MakesThoseConversionsAndGroups()
    {
        var rules = ModelRules.Parse(RuleLine.Utf8(Example().Match(Page).Groups["json"].Value));
        var order = RuleLine.Of("event_name=order_placed", "unstruct_event=" + RuleLine.UnstructEvent("com.acme/order_placed/jsonschema/1-0-0", """{"total":12.5}"""));
        var test = RuleLine.Of("event_name=order_placed", "unstruct_event=" + RuleLine.UnstructEvent("com.acme/order_placed/jsonschema/1-0-0", """{"status":"test"}"""));
        rules.Conversions[0].Matches(order).ShouldBeTrue();
        rules.Conversions[0].Value(order).ShouldBe(12.5);
        rules.Conversions[0].Matches(test).ShouldBeFalse();
        rules.ContentGroup(RuleLine.Of("page_urlpath=/news/12")).ShouldBe("article");
        rules.ContentGroup(RuleLine.Of("page_urlpath=/")).ShouldBe("rest");
    }

    [Fact]
    public void Operators_OnThePage_AreAllThereAre()
    {
        var table = Page[Page.IndexOf("| Operator |", StringComparison.Ordinal)..Page.IndexOf("- **Missing.**", StringComparison.Ordinal)];
        var named = table.Split('\n').Skip(2).SelectMany(row => Code().Matches(row.Split('|').ElementAtOrDefault(1) ?? "")).Select(match => match.Groups[1].Value);
        named.ShouldBe(OperatorReader.Names, ignoreOrder: true);
    }

    [Fact]
    public void Channels_OnThePage_AreTheDefaultRulesInTheirOrder()
    {
        var groups = ModelRules.Default.ChannelGroups.Groups;
        // The rule that puts referrers of video sites before Organic Social has its name a second time further on.
        var names = groups.Rules.Select((rule, index) => (rule.Name, index)).GroupBy(pair => pair.Name)
            .OrderBy(group => group.Key == "Organic Video" ? group.Max(pair => pair.index) : group.Min(pair => pair.index)).Select(group => group.Key);
        Page.ShouldContain($"in this order: {string.Join(", ", names)}, {groups.Otherwise}.");
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Snowplow.Orleans.sln")))
            folder = folder.Parent ?? throw new DirectoryNotFoundException($"{AppContext.BaseDirectory} is not inside the repository.");
        return folder.FullName;
    }

    [GeneratedRegex("```json\n(?<json>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Example();

    [GeneratedRegex("`([a-z_]+)`")]
    private static partial Regex Code();
}
