using System.Net.Http.Json;
using System.Text.Json;
using Snowplow.Azure.DataExplorer;
using Snowplow.Storage.Tests.Blobs;

namespace Snowplow.Azure.Tests.DataExplorer;

/// <summary>
/// What silos send to Data Explorer, sent to the embedded engine's endpoints: all but ingestion and its operations, which they do not have
/// (<see cref="FakeKusto"/> has).
/// </summary>
public sealed class EmbeddedKustoTests : IAsyncLifetime
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "kusto");
    private readonly MemoryBlobStore _blobs = new(canTruncate: false);
    private readonly HttpClient _http = new();
    private EmbeddedKusto _kusto = null!;

    public async Task InitializeAsync() => _kusto = await EmbeddedKusto.StartAsync();

    public async Task DisposeAsync()
    {
        _http.Dispose();
        await _kusto.DisposeAsync();
    }

    [Fact]
    public async Task Scripts_MakeEveryTableViewFunctionAndMapping_AndAreNotRunAgain()
    {
        (await Scripts().ApplyAsync(default)).ShouldBeTrue();
        var requests = _kusto.Requests;
        (await Scripts().ApplyAsync(default)).ShouldBeFalse();
        _kusto.Requests.ShouldBe(requests);

        (await NamesAsync(".show tables", "TableName")).ShouldBe(NamesOf("tables"));
        (await NamesAsync(".show materialized-views", "Name")).ShouldBe(NamesOf("views"));
        (await NamesAsync(".show functions", "Name")).ShouldBe(NamesOf("functions").Concat(NamesOf("analyses")).Order(StringComparer.Ordinal));
        // The keys are made of events.
        foreach (var table in NamesOf("tables").Except(["event_keys"]))
            (await NamesAsync($".show table {table} ingestion mappings", "Name")).ShouldBe([table is "events_raw" or "events_recent" ? "enriched_tsv" : "rows_json"], table);
        var policy = (await Client().RunAsync(".show database ['snowplow'] policy extent_tags_retention", default)).ShouldHaveSingleItem()["Policy"].GetString();
        JsonElement.Parse(policy!)[0].GetProperty("RetentionPeriod").GetString().ShouldBe("3.00:00:00");
    }

    [Fact]
    public async Task Scripts_RunAgainOverATableWithRows_KeepThem()
    {
        await Scripts().ApplyAsync(default);
        await Client().RunAsync(".set-or-append bad_rows <| print schema = 'iglu:a', data = dynamic({})", default);
        (await new DatabaseScripts(Folder, new MemoryBlobStore(canTruncate: false), Client(), Options()).ApplyAsync(default)).ShouldBeTrue();
        (await QueryAsync("bad_rows | count")).ShouldBe("[[1]]");
    }

    [Fact]
    public async Task Scripts_ThatTheEngineRefuses_AreNamedInItsWords_AndTriedAgain()
    {
        using var folder = new ScriptFolder(version: 1, ".create-merge table good (a: long)\n\n.create-merge table wrong (a: lung)");
        var failure = await Should.ThrowAsync<KustoException>(() => Scripts(folder.Path).ApplyAsync(default));
        failure.Message.ShouldStartWith("400 ");
        failure.Message.ShouldContain("lung");
        (failure.IsPermanent, failure.IsUnknown).ShouldBe((true, false));

        folder.Write(".create-merge table good (a: long)");
        (await Scripts(folder.Path).ApplyAsync(default)).ShouldBeTrue();
        (await NamesAsync(".show tables", "TableName")).ShouldBe(["good"]);
    }

    [Fact]
    public async Task Commands_AreAnsweredWithTheRowsOfTheirFirstTable_ByTheNamesOfColumns()
    {
        var kusto = Client();
        await kusto.RunAsync(".create table t (n: long, s: string, d: dynamic, at: datetime, real: real, b: bool)", default);
        await kusto.RunAsync(""".set-or-append t <| print n = 9007199254740993, s = "ä\"\n", d = dynamic({"a": [1]}), at = datetime(2026-12-01), real = 0.5, b = true""", default);
        var row = (await kusto.RunAsync(".show table t extents | project RowCount, TableName", default)).ShouldHaveSingleItem();
        (row["RowCount"].GetInt64(), row["TableName"].GetString()).ShouldBe((1, "t"));
        (await QueryAsync("t")).ShouldBe("""[[9007199254740993,"ä\"\n",{"a":[1]},"2026-12-01T00:00:00Z",0.5,true]]""");
        (await kusto.RunAsync(".show tables | where TableName == 'other'", default)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Commands_ThatCannotBeDone_FailForGood_AndThoseWithoutAnAnswerAreUnknown()
    {
        var failure = await Should.ThrowAsync<KustoException>(() => Client().RunAsync(".drop table absent", default));
        failure.Message.ShouldContain("absent");
        (failure.IsPermanent, failure.IsUnknown).ShouldBe((true, false));

        (await Should.ThrowAsync<KustoException>(() => Client("other").RunAsync(".show tables", default))).Message.ShouldContain("other");

        _kusto.IsBroken = true;
        failure = await Should.ThrowAsync<KustoException>(() => Client().RunAsync(".show tables", default));
        (failure.IsPermanent, failure.IsUnknown).ShouldBe((false, true));
    }

    private static string[] NamesOf(string part) => [.. Directory.GetFiles(Path.Combine(Folder, part), "*.kql").Select(Path.GetFileNameWithoutExtension).Order(StringComparer.Ordinal)!];

    private DataExplorerOptions Options(string database = "snowplow") => new() { Cluster = _kusto.Url, Database = database };

    private KustoClient Client(string database = "snowplow") => new(_http, Options(database), null);

    private DatabaseScripts Scripts(string? folder = null) => new(folder ?? Folder, _blobs, Client(), Options());

    private async Task<string[]> NamesAsync(string command, string column) =>
        [.. (await Client().RunAsync(command, default)).Select(row => row[column].GetString()!).Order(StringComparer.Ordinal)];

    private async Task<string> QueryAsync(string text)
    {
        using var answer = await _http.PostAsJsonAsync(new Uri(_kusto.Url, "v1/rest/query"), new { db = "snowplow", csl = text });
        return (await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>()).GetProperty("Tables")[0].GetProperty("Rows").GetRawText();
    }
}
