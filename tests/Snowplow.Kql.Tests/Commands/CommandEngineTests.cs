using Snowplow.Kql.Commands;
using Snowplow.Kql.Data;
using Snowplow.Kql.Schema;

namespace Snowplow.Kql.Tests.Commands;

public sealed class CommandEngineTests
{
    private static readonly Table Events = new MemoryTable("events", [("x", KqlType.Long)], [Columns.Of(KqlType.Long, [1L, 2L])], 2);

    private readonly Database _database = new([Events]);

    [Fact]
    public void ExecuteScript_WhenACommandFails_TellsOfEachUpToIt()
    {
        var outcome = Run(".execute database script <|\n.create table T (a:long)\n.drop table nothing\n.drop table T");

        outcome.Results.Single().Rows().Select(row => (row[1], row[2], row[3], row[4])).ShouldBe([
            ("CreateTable", ".create table T (a:long)", "Completed", ""),
            ("DropTable", ".drop table nothing", "Failed", "Failed to resolve table named 'nothing'")]);
        outcome.Database.Tables.Keys.ShouldBe(["events", "T"], ignoreOrder: true);
    }

    [Fact]
    public void Run_WhenNothingIsChanged_GivesTheSameDatabase() => Run(".show tables").Database.ShouldBeSameAs(_database);

    [Fact]
    public void Run_WhenACommandFails_LeavesTheDatabaseAsItWas()
    {
        Should.Throw<KqlException>(() => Run(".create table T (a:long)\n.drop table nothing"));

        _database.Tables.Keys.ShouldBe(["events"]);
    }

    [Theory]
    [InlineData(".drop table events")]
    [InlineData(".create-merge table events (x:long, y:long)")]
    public void PlatformTable_WhenACommandWouldChangeIt_IsRefused(string command) =>
        Should.Throw<KqlException>(() => Run(command)).Message.ShouldContain("'events' is one of the platform's");

    [Fact]
    public void PlatformTable_WhenMergedWithItsOwnColumns_StaysAsItIs() =>
        Count(Run(".create-merge table events (x:long)").Database, "events").ShouldBe(2);

    [Fact]
    public void Table_WhenItsDefinitionHasMoreColumnsThanItsRows_HasNullsInThem()
    {
        var catalog = Run(".create-merge table own (x:long, text:string, y:long)").Database.Catalog;
        var own = new MemoryTable("own", [("x", KqlType.Long)], [Columns.Of(KqlType.Long, [1L, 2L])], 2);
        var engine = new KqlEngine(new Database([own], catalog));

        engine.Run("own | where x > 1 and isnull(y) and text == '' | project y, text, x", new QueryOptions())[0].Rows().Single().ShouldBe([null, "", 2L]);
        engine.Run("own | where y > 1 | count", new QueryOptions())[0].Rows().Single()[0].ShouldBe(0L);
    }

    [Fact]
    public void Functions_WhenTheirCommandsAreRunAgain_AreTheSame()
    {
        var before = Run(".create-or-alter function with (docstring = 'It\\'s\\n\"one\"', folder = 'a', view = true) ['odd f'](n:long = 2) { range x from 1 to n step 1 }").Database;
        var after = Run(before.Catalog.Functions["odd f"].Command).Database;

        var (one, other) = (before.Catalog.Functions["odd f"], after.Catalog.Functions["odd f"]);
        (other.Name, other.Parameters, other.Body, other.Folder, other.DocString, other.IsView).ShouldBe((one.Name, one.Parameters, one.Body, one.Folder, "It's\n\"one\"", true));
        Count(after, "['odd f'](3)").ShouldBe(3);
    }

    [Fact]
    public void Catalog_WhenItsScriptIsRun_IsTheSame()
    {
        var made = Run("""
            .create table T (a:long, ['odd one']:dynamic) with (docstring = 'It\'s', folder = 'F')
            .alter-merge table T column-docstrings (a: 'A')
            .create table T ingestion json mapping 'm' '[{"Column":"a","Properties":{"Path":"$[\'a\']"}}]'
            .alter table events docstring 'Told'
            .create-or-alter function with (docstring = 'D', view = true) F(n:long = 1) { T | where a > n }
            .create materialized-view A on table T { T | summarize max(a) by tostring(['odd one']) }
            .create materialized-view with (docString = 'B') B on materialized-view A { A | summarize count() by max_a }
            .alter-merge table T policy retention softdelete = 1d
            """).Database;

        var script = CatalogScript.Of(made.Catalog, Catalog.Empty);
        var again = new CommandEngine(_database) { IsValidating = false }.Run(script, new QueryOptions()).Database;

        CatalogScript.Of(again.Catalog, Catalog.Empty).ShouldBe(script);
        foreach (var command in (string[])[".show tables", ".show functions", ".show materialized-views | project-away MaterializedTo, LastRun, EffectiveDateTime", ".show table T ingestion mappings | project Mapping", ".show table * policy retention"])
            Lines(again, command).ShouldBe(Lines(made, command));
        CatalogScript.Of(made.Catalog, made.Catalog).ShouldBeEmpty();
    }

    private static IEnumerable<string> Lines(Database database, string command) =>
        new CommandEngine(database).Run(command, new QueryOptions()).Results.Single().Rows().Select(row => string.Join('|', row)).ToList();

    [Theory]
    [InlineData("  // comment\n .show tables", true)]
    [InlineData("events | count", false)]
    [InlineData("", false)]
    public void IsCommand_TellsCommandsFromQueries(string text, bool expected) => CommandEngine.IsCommand(text).ShouldBe(expected);

    private static object? Count(Database database, string table) => new KqlEngine(database).Run($"{table} | count", new QueryOptions())[0].Rows().Single()[0];

    private CommandOutcome Run(string text) => new CommandEngine(_database).Run(text, new QueryOptions());
}
