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

        cases.Select(Wrong).OfType<string>().ShouldBeEmpty();
    }

    // What a case gives in the place of what it says; null where it gives that.
    private static string? Wrong(CaseFile one)
    {
        var lines = CaseFile.Lines(one.Query, workers: 2);
        var isSame = one.Expected is [var error] && error.StartsWith("error", StringComparison.Ordinal)
            ? lines is [var line] && line.StartsWith("error ", StringComparison.Ordinal) && line.Contains(error[5..].Trim(), StringComparison.Ordinal)
            : lines.SequenceEqual(one.Expected);
        return isSame ? null : $"{one.Title}\n{one.Query}gives\n{string.Join('\n', lines)}\ninstead of\n{string.Join('\n', one.Expected)}\n";
    }
}
