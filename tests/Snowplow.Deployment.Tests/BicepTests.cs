using System.Text.Json;

namespace Snowplow.Deployment.Tests;

/// <summary><c>bicep/</c>, as Microsoft's compiler takes it.</summary>
public sealed class BicepTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("snowplow-bicep-");

    public static TheoryData<string> Files => [.. Repository.Files("bicep", "*.bicep")];

    public void Dispose() => _folder.Delete(recursive: true);

    [NeedsBicepTheory]
    [MemberData(nameof(Files))]
    public void File_Compiles_WithoutAWarning(string path)
    {
        var (exitCode, told) = Bicep.Run(Repository.Root, ["lint", path]);

        told.ShouldBeEmpty();
        exitCode.ShouldBe(0);
    }

    [NeedsBicepTheory]
    [InlineData("bicep/main.bicep", "param location string", "param location int")]
    [InlineData("bicep/modules/eventhubs.bicep", "partitionCount:", "partitionCounts:")]
    public void File_WithAFault_IsNoticed(string path, string right, string wrong)
    {
        var copy = CopyOf("bicep");
        var text = File.ReadAllText(Path.Combine(copy, Path.GetRelativePath("bicep", path)));
        File.WriteAllText(Path.Combine(copy, Path.GetRelativePath("bicep", path)), text.Replace(right, wrong, StringComparison.Ordinal));

        Bicep.Run(copy, ["lint", Path.GetRelativePath("bicep", path)]).Told.ShouldNotBeEmpty();
    }

    // What has no name before the deployment, what-if cannot compare: it would tell of changes where there are none.
    [NeedsBicepTheory]
    [InlineData("dev", "")]
    [InlineData("prod", "")]
    [InlineData("dev", "param isPrivate = true")]
    [InlineData("prod", "param isPrivate = true")]
    public void Deployment_KnowsAllItsResources_BeforeItBegins(string parameters, string more)
    {
        var copy = CopyOf("bicep");
        var file = Path.Combine(copy, $"{parameters}.bicepparam");
        var text = File.ReadAllText(file).Replace("param isPrivate = false", "", StringComparison.Ordinal);
        File.WriteAllText(file, $"{text}\n{more}\n");

        var (exitCode, told) = Bicep.Run(
            copy,
            ["snapshot", file, "--mode", "overwrite", "--subscription-id", Guid.Empty.ToString(), "--tenant-id", Guid.Empty.ToString(), "--resource-group", "snowplow", "--location", "westeurope"],
            ("IMAGE", "example.azurecr.io/snowplow:1"), ("API_KEY", new string('k', 16)), ("OPERATOR_GROUP_ID", Guid.Empty.ToString()));

        told.ShouldNotContain("Warning");
        exitCode.ShouldBe(0);
        using var snapshot = JsonDocument.Parse(File.ReadAllText(Path.Combine(copy, $"{parameters}.snapshot.json")));
        var resources = snapshot.RootElement.GetProperty("predictedResources").EnumerateArray().Select(resource => resource.GetProperty("name").GetString()!).ToList();
        resources.Count.ShouldBeGreaterThan(30);
        resources.Where(name => name.Contains("reference(", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    private string CopyOf(string folder)
    {
        foreach (var path in Repository.Files(folder, "*"))
        {
            var target = Path.Combine(_folder.FullName, path);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(Path.Combine(Repository.Root, path), target);
        }

        return Path.Combine(_folder.FullName, folder);
    }
}
