namespace Snowplow.Kql.Tests.Cases;

public sealed class CaseFileTests
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Cases");

    public static TheoryData<string> Files => [.. Directory.EnumerateFiles(Folder, "*.txt", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(Folder, file)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Files))]
    public void Query_GivesWhatItsCaseSays(string file)
    {
        var cases = CaseFile.Read(Path.Combine(Folder, file)).ToList();
        cases.ShouldNotBeEmpty();

        foreach (var one in cases)
        {
            var lines = CaseFile.Lines(one.Query, workers: 2);

            if (one.Expected is [var error] && error.StartsWith("error ", StringComparison.Ordinal))
            {
                lines.ShouldHaveSingleItem(one.Query).ShouldContain(error[6..], Case.Sensitive, one.Query);
                lines[0].ShouldStartWith("error");
            }
            else
            {
                lines.ShouldBe(one.Expected, $"{one.Title}\n{one.Query}");
            }
        }
    }
}
