using Snowplow.Silo.Serve;

namespace Snowplow.Silo.Tests.Serve;

public sealed class DataFolderTests
{
    [Fact]
    public void Open_WhenFolderIsHeld_SaysSoAndOpensOnceItIsLetGo()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("data");

        using (DataFolder.Open(path))
            Should.Throw<StartupException>(() => DataFolder.Open(path)).Message.ShouldContain("in use");

        using var again = DataFolder.Open(path);
        again.Path.ShouldBe(path);
    }

    [Fact]
    public void Open_WhenPathIsAFile_SaysSo()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("data"), "");

        Should.Throw<StartupException>(() => DataFolder.Open(folder.File("data"))).Message.ShouldStartWith($"The data folder '{folder.File("data")}' cannot be created.");
    }

    [Theory]
    [InlineData("", Roles.All)]
    [InlineData(" , ", Roles.All)]
    [InlineData("collector", Roles.Collector)]
    [InlineData("query, pipeline", Roles.Query | Roles.Pipeline)]
    internal void Parse_WhenRolesAreNamed_ReadsThem(string names, Roles expected) => RoleNames.Parse(names).ShouldBe(expected);

    [Fact]
    public void Parse_WhenARoleIsUnknown_NamesIt() =>
        Should.Throw<StartupException>(() => RoleNames.Parse("collector,reporter")).Message.ShouldContain("'reporter'");
}
