using Snowplow.Silo.CommandLine;

namespace Snowplow.Silo.Tests.CommandLine;

public sealed class OwnCommandTests
{
    [Theory]
    [InlineData("/opt/snowplow/snowplow", "/bin:/opt/snowplow", "snowplow")]
    [InlineData("/opt/snowplow/snowplow", "/bin:/opt/snowplow/", "snowplow")]
    [InlineData("/src/artifacts/snowplow", "/bin:/opt/snowplow", "/src/artifacts/snowplow")]
    [InlineData("/my src/snowplow", "", "\"/my src/snowplow\"")]
    [InlineData("/usr/bin/dotnet", "/usr/bin", "dotnet /app/snowplow.dll")]
    public void Of_WhenStartedAs_IsWhatCanBeTyped(string process, string searchPath, string expected) =>
        OwnCommand.Of(process, "/app/snowplow.dll", searchPath.Replace(':', Path.PathSeparator)).ShouldBe(expected);
}
