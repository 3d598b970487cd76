using System.Text.RegularExpressions;

namespace Snowplow.Silo.Tests.Documents;

public sealed partial class DocumentTests
{
    [Theory]
    [InlineData("README.md")]
    [InlineData("ARCHITECTURE.md")]
    [InlineData("CONTRIBUTING.md")]
    [InlineData("CHANGELOG.md")]
    [InlineData("docs/commands.md")]
    [InlineData("docs/live-profiles.md")]
    public void Document_NamesOnlyPathsThatExist(string document)
    {
        var text = File.ReadAllText(Repository.Path(document));

        var missing = NamedPath().Matches(text).Select(match => match.Groups[1].Value.TrimEnd('/'))
            .Where(path => !Path.Exists(Repository.Path(path)));

        missing.ShouldBeEmpty();
    }

    [Fact]
    public void Sources_StayShortEnoughToRead()
    {
        // The list of the 131 fields is a table.
        var longest = Directory.EnumerateFiles(Repository.Path("src"), "*.cs", SearchOption.AllDirectories)
            .Where(file => Path.GetFileName(file) != "EventField.cs")
            .Select(file => (File: Path.GetRelativePath(Repository.Root, file), Lines: File.ReadLines(file).Count()))
            .Where(file => file.Lines > 320);

        longest.ShouldBeEmpty();
    }

    [GeneratedRegex(@"(?<=[`(\s])((?:src|tests|\.ci|infra|bicep)/[A-Za-z0-9._/-]*[A-Za-z0-9])")]
    private static partial Regex NamedPath();
}
