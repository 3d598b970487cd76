using System.Net;
using System.Reflection;
using Snowplow.EndToEnd.Tests.Harness;

namespace Snowplow.EndToEnd.Tests.Starting;

/// <summary>Starting as the README says, with nothing but the address told: data goes to <c>data</c> under the folder one stands in.</summary>
public sealed class WorkingFolderTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("snowplow-folder-");

    /// <inheritdoc/>
    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public Task Executable_WhenStartedInAnotherFolder_KeepsItsDataThere() => KeepsItsDataHereAsync([Built.Executable]);

    [Fact]
    public Task DotnetRun_WhenStartedInAnotherFolder_KeepsItsDataThere() => KeepsItsDataHereAsync(
    [
        "run", "--no-build", "--configuration", typeof(WorkingFolderTests).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()!.Configuration,
        "--project", Path.Combine(Built.Repository, "src", "Snowplow.Silo"), "--",
    ]);

    private async Task KeepsItsDataHereAsync(string[] command)
    {
        var url = SnowplowProcess.FreeAddress();
        using var data = new DataFolder(Path.Combine(_folder.FullName, "data"));
        await using var snowplow = await SnowplowProcess.StartAsync(
            [.. command, "--urls", url.GetLeftPart(UriPartial.Authority)], _folder.FullName, data, url);

        using var answer = await snowplow.Http.GetAsync(new Uri("i?e=pv&p=web&tv=test&aid=here", UriKind.Relative));
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);

        (await snowplow.EnrichedEventsAsync("the page view", e => e["app_id"] == "here", 1)).Count.ShouldBe(1);
        _folder.EnumerateFileSystemInfos().Select(found => found.Name).ShouldBe(["data"]);
    }
}
