using System.Text.RegularExpressions;

namespace Snowplow.Silo.Tests.Documents;

public sealed partial class DocumentTests
{
    private static readonly string Root = FindRoot();

    [Theory]
    [InlineData("README.md")]
    [InlineData("ARCHITECTURE.md")]
    [InlineData("CONTRIBUTING.md")]
    [InlineData("CHANGELOG.md")]
    [InlineData("docs/commands.md")]
    [InlineData("docs/live-profiles.md")]
    public void Document_NamesOnlyPathsThatExist(string document)
    {
        var text = File.ReadAllText(Path.Combine(Root, document));

        var missing = NamedPath().Matches(text).Select(match => match.Groups[1].Value.TrimEnd('/'))
            .Where(path => !Path.Exists(Path.Combine(Root, path)));

        missing.ShouldBeEmpty();
    }

    [Fact]
    public void Sources_StayShortEnoughToRead()
    {
        // The list of the 131 fields is a table.
        var longest = Directory.EnumerateFiles(Path.Combine(Root, "src"), "*.cs", SearchOption.AllDirectories)
            .Where(file => Path.GetFileName(file) != "EventField.cs")
            .Select(file => (File: Path.GetRelativePath(Root, file), Lines: File.ReadLines(file).Count()))
            .Where(file => file.Lines > 320);

        longest.ShouldBeEmpty();
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Snowplow.Orleans.sln")))
            folder = folder.Parent ?? throw new DirectoryNotFoundException($"{AppContext.BaseDirectory} is not inside the repository.");
        return folder.FullName;
    }

    [GeneratedRegex(@"(?<=[`(\s])((?:src|tests|\.ci|infra|bicep)/[A-Za-z0-9._/-]*[A-Za-z0-9])")]
    private static partial Regex NamedPath();
}
