using System.Text;
using System.Text.RegularExpressions;
using Snowplow.Model.Profiles;
using Snowplow.Model.Rules;

namespace Snowplow.Model.Tests.Profiles;

/// <summary>The page for users says what the program does.</summary>
public sealed partial class LiveProfilesPageTests
{
    private static readonly string Page = File.ReadAllText(Path.Combine(FindRoot(), "docs", "live-profiles.md"));

    [Fact]
    public void Example_OnThePage_IsAGroupWithAnIntervention()
    {
        var profiles = ModelRules.Parse(Encoding.UTF8.GetBytes(Example().Match(Page).Groups["json"].Value)).Profiles;
        profiles.Find("visitor")!.Attributes.Select(attribute => attribute.Name).ShouldBe(["views", "views_10m", "last_page", "pages", "idle"]);
        profiles.Interventions.ShouldHaveSingleItem().Name.ShouldBe("keen");
    }

    [Fact]
    public void Aggregations_OnThePage_AreAllThereAre()
    {
        var table = Page[Page.IndexOf("| Aggregation |", StringComparison.Ordinal)..Page.IndexOf("- **`property`**", StringComparison.Ordinal)];
        var named = table.Split('\n').Skip(2).SelectMany(row => Code().Matches(row.Split('|').ElementAtOrDefault(1) ?? "")).Select(match => match.Groups[1].Value);
        named.ShouldBe(AggregationNames.All, ignoreOrder: true);
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
