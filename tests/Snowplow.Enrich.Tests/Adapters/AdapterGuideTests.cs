using System.Text.RegularExpressions;
using Snowplow.Enrich.Tests.JsonSchema;

namespace Snowplow.Enrich.Tests.Adapters;

/// <summary>The guide to adding an adapter shows code that is there.</summary>
public sealed partial class AdapterGuideTests
{
    private static readonly string Root = SharedFiles.Repository;

    private static readonly string Guide = File.ReadAllText(Path.Combine(Root, "docs", "adding-an-adapter.md"));

    [Fact]
    public void Code_InTheGuide_StandsInTheFileNamedBefore()
    {
        var blocks = CodeBlock().Matches(Guide);
        blocks.Count.ShouldBe(2);
        foreach (Match block in blocks)
            File.ReadAllText(Path.Combine(Root, block.Groups["path"].Value)).ShouldContain(block.Groups["code"].Value);
    }

    [Fact]
    public void Paths_InTheGuide_Exist()
    {
        var paths = SourcePath().Matches(Guide);
        paths.Count.ShouldBeGreaterThan(2);
        foreach (Match path in paths) Path.Exists(Path.Combine(Root, path.Value)).ShouldBeTrue(path.Value);
    }

    [GeneratedRegex("`(?<path>src/[^`]+)`[^`]*```csharp\n(?<code>.*?)```", RegexOptions.Singleline)]
    private static partial Regex CodeBlock();

    [GeneratedRegex("(src|tests)/[A-Za-z0-9./_]+[A-Za-z0-9]")]
    private static partial Regex SourcePath();
}
