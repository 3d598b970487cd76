using System.Text.Json;
using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace Snowplow.Deployment.Tests;

/// <summary>The files around the product: they can be read, and say the same thing where they speak of the same thing.</summary>
public sealed partial class ManifestTests
{
    public static TheoryData<string> YamlFiles => [.. Repository.Files("infra", "*.yaml").Concat(Repository.Files(".github", "*.yml"))];

    public static TheoryData<string> JsonFiles => [.. Repository.Files("infra", "*.json").Concat(Repository.Files("bicep", "*.json"))];

    [Theory]
    [MemberData(nameof(YamlFiles))]
    public void Yaml_CanBeRead(string path)
    {
        var yaml = new YamlStream();
        yaml.Load(new StringReader(Repository.Read(path)));

        yaml.Documents.ShouldNotBeEmpty();
    }

    [Theory]
    [MemberData(nameof(JsonFiles))]
    public void Json_CanBeRead(string path) => Should.NotThrow(() => JsonDocument.Parse(Repository.Read(path)).Dispose());

    [Fact]
    public void Settings_OfBicep_AreThoseOfThePage()
    {
        var bicep = Settings(Repository.Read("bicep/main.bicep") + Repository.Read("bicep/modules/containerapp.bicep"));
        var page = Settings(Repository.Read("docs/azure.md"));

        bicep.ShouldNotBeEmpty();
        bicep.Except(page).ShouldBeEmpty();
    }

    [Fact]
    public void Settings_OfTheEmulators_AreThoseOfThePage() =>
        Settings(Repository.Read("infra/compose.azure.yaml")).Except(Settings(Repository.Read("docs/azure.md"))).ShouldBeEmpty();

    [Fact]
    public void Kustomization_NamesEachManifest()
    {
        var named = Repository.Read("infra/kubernetes/kustomization.yaml");

        foreach (var path in Repository.Files("infra/kubernetes", "*.yaml").Where(path => !path.EndsWith("/kustomization.yaml", StringComparison.Ordinal)))
            named.ShouldContain($"- {Path.GetFileName(path)}");
    }

    private static HashSet<string> Settings(string text) => [.. Setting().Matches(text).Select(match => match.Value)];

    [GeneratedRegex(@"\b(?:AZURE_CLIENT_ID|Azure__\w+|Snowplow__ApiKey|Pipeline__\w+|Collector__PreTerminationPeriod)\b")]
    private static partial Regex Setting();
}
