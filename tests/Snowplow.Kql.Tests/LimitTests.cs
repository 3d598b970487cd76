using Snowplow.Kql.Data;

namespace Snowplow.Kql.Tests;

public sealed class LimitTests
{
    private readonly KqlEngine _engine = new(new Database([]));

    [Theory]
    [InlineData("range x from 1 to 500001 step 1")]
    [InlineData("set truncationmaxrecords = 10; range x from 1 to 11 step 1")]
    public void Result_OfTooManyRows_IsAnError(string query)
    {
        var error = Should.Throw<KqlException>(() => _engine.Run(query, new QueryOptions()));
        error.Kind.ShouldBe(KqlErrorKind.Limit);
        error.Message.ShouldContain("E_QUERY_RESULT_SET_TOO_LARGE");
    }

    [Fact]
    public void Result_WithoutTruncation_HasAllRows() =>
        _engine.Run("set notruncation; range x from 1 to 500001 step 1", new QueryOptions())[0].RowCount.ShouldBe(500_001);

    [Theory]
    [InlineData("range x from 1 to 10000000 step 1 | summarize count() by x")]
    [InlineData("range x from 1 to 10000000 step 1 | sort by x asc")]
    [InlineData("range x from 1 to 10000000 step 1 | summarize make_list(x)")]
    [InlineData("range x from 1 to 10000000 step 1 | summarize count_distinct(x)")]
    [InlineData("range x from 1 to 10 step 1 | join kind=leftouter (range x from 1 to 10000000 step 1) on x | count")]
    public void Query_ThatKeepsTooMuch_SaysSo(string query)
    {
        var error = Should.Throw<KqlException>(() => _engine.Run(query, new QueryOptions { MaxMemoryBytes = 8 << 20 }));
        error.Kind.ShouldBe(KqlErrorKind.Limit);
        error.Message.ShouldContain("8 MiB of memory");
    }

    [Fact]
    public void Query_WhenCancelled_Ends()
    {
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        Should.Throw<OperationCanceledException>(() => _engine.Run("range x from 1 to 1000000000000 step 1 | count", new QueryOptions(), stop.Token));
    }

    [Fact]
    public void Take_OfAnEndlessTable_ReadsNoMoreThanItNeeds() =>
        _engine.Run("range x from 1 to 1000000000000 step 1 | where x % 2 == 0 | take 3", new QueryOptions())[0].Rows().Select(row => row[0]).ShouldBe([2L, 4L, 6L]);

    [Fact]
    public void Parameters_TakeTheirValuesFromTheOptions()
    {
        var options = new QueryOptions { Parameters = new Dictionary<string, string> { ["n"] = "5", ["s"] = "a b", ["t"] = "datetime(2026-01-01)" } };
        var row = _engine.Run("declare query_parameters(n:long, s:string, t:datetime); print n + 1, s, t", options)[0].Rows().Single();
        row.ShouldBe([6L, "a b", new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc)]);
    }

    [Fact]
    public void Render_GoesWithTheResult()
    {
        var result = _engine.Run("print x = 1 | render timechart with (title = 'T', kind = stacked)", new QueryOptions())[0];
        result.Visualization!.Kind.ShouldBe("timechart");
        result.Visualization.Properties["title"].ShouldBe("T");
        result.Visualization.Properties["kind"].ShouldBe("stacked");
    }

    [Fact]
    public void Query_WhoseTableFails_IsAnErrorOfTheRun()
    {
        var engine = new KqlEngine(new Database([new FailingTable()]));
        var error = Should.Throw<KqlException>(() => engine.Run("Broken | count; Broken | where x > 1", new QueryOptions()));
        error.Kind.ShouldBe(KqlErrorKind.Runtime);
        error.Message.ShouldContain("the disk is gone");
        error.InnerException.ShouldBeOfType<IOException>();
    }

    [Theory]
    [InlineData("range x from 1 to 100000 step 1 | where x < 0 | take 1")]
    [InlineData("range x from 1 to 100000 step 1 | join kind=inner (range x from -10 to -1 step 1) on x | take 1")]
    [InlineData("range x from 1 to 100000 step 1 | join kind=leftanti (range x from 1 to 100000 step 1) on x | take 1")]
    public void Query_WhoseRowsAreAllDropped_EndsWhenCancelled(string query)
    {
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        Should.Throw<OperationCanceledException>(() => _engine.Run(query, new QueryOptions { Workers = 1 }, stop.Token));
    }

    [Theory]
    [InlineData("Stopping | mv-expand d = range(1, 100000) | take 200000")]
    [InlineData("Stopping | join kind=inner (range k from 1 to 20000 step 1 | project k = 1) on k | take 200000")]
    public void Batch_ThatBecomesManyRows_EndsWhenCancelled(string query)
    {
        using var stop = new CancellationTokenSource();
        var engine = new KqlEngine(new Database([new StoppingTable(stop)]));
        Should.Throw<OperationCanceledException>(() => engine.Run(query, new QueryOptions { Workers = 1 }, stop.Token));
    }

    [Theory]
    [InlineData("range x from 1 to 4000 step 1 | mv-expand d = range(1, 1000) | count", 4_000_000L)]
    [InlineData("range x from 1 to 2000 step 1 | extend k = 1 | join kind=inner (range y from 1 to 2000 step 1 | extend k = 1) on k | count", 4_000_000L)]
    [InlineData("range x from 1 to 2000000 step 1 | top 1 by x asc", 1L)]
    [InlineData("range x from 1 to 400000 step 1 | extend y = x % 2 | sort by y asc, x desc | take 1 | project x", 400_000L)]
    [InlineData("range x from 1 to 100000 step 1 | sort by x desc | sort by x asc | sort by x desc | sort by x asc | take 100000 | count", 100_000L)]
    public void Query_ThatKeepsLittleAtATime_NeedsLittleMemory(string query, long expected) =>
        _engine.Run(query, new QueryOptions { MaxMemoryBytes = 8 << 20, Workers = 2 })[0].Rows().Single()[0].ShouldBe(expected);

    [Theory]
    [InlineData("range x from 1 to 3000 step 1 | extend k = 1 | join kind=fullouter (range y from 1 to 3000 step 1 | extend k = 1) on k | count")]
    [InlineData("range x from 1 to 20000 step 1 | extend s = strcat(x, strrep('a', 1000)) | sort by s asc | take 200000 | count")]
    [InlineData("range x from 1 to 20000 step 1 | extend d = pack_array(x, strrep('a', 1000)) | sort by x asc | summarize take_any(d)")]
    [InlineData("range x from 1 to 100000 step 1 | summarize dcount(x) by y = x % 20")]
    [InlineData("set notruncation; range x from 1 to 2000000 step 1")]
    public void Query_ThatKeepsTooMuchBesideItsRows_SaysSo(string query)
    {
        var error = Should.Throw<KqlException>(() => _engine.Run(query, new QueryOptions { MaxMemoryBytes = query.Contains("dcount", StringComparison.Ordinal) ? 256 << 10 : 8 << 20, Workers = 2 }));
        error.Kind.ShouldBe(KqlErrorKind.Limit);
        error.Message.ShouldContain("E_LOW_MEMORY_CONDITION");
    }

    [Fact]
    public void Let_UsedOnce_RunsWhatItNeedsToBeBoundOnce()
    {
        var table = new CountedTable();
        new KqlEngine(new Database([table])).Run("let t = print m = toscalar(Counted | summarize max(x)); t", new QueryOptions());
        table.Scans.ShouldBe(1);
    }

    [Theory]
    [InlineData("let s = Counted | summarize m = max(x) by x; print a = toscalar(s | count), b = toscalar(s | summarize sum(m))", 1)]
    [InlineData("let s = Counted | summarize m = max(x) by x; s | union (s | where x > 0)", 2)]
    [InlineData("let s = Counted | where x > 0; s | union s", 2)]
    public void Let_OfGroupsNamedTwice_IsWorkedOutOnceUnlessItIsFiltered(string query, int scans)
    {
        var table = new CountedTable();
        new KqlEngine(new Database([table])).Run(query, new QueryOptions { Workers = 1 });
        table.Scans.ShouldBe(scans);
    }

    [Fact]
    public void Where_BehindUnion_ReachesTheTables()
    {
        var table = new CountedTable();
        new KqlEngine(new Database([table])).Run("union Counted, (print x = 5) | where x > 3", new QueryOptions())[0].Rows().Single()[0].ShouldBe(5L);
        table.Tests.ShouldNotBeEmpty();
    }

    [Fact]
    public void Nesting_ThatIsTooDeep_IsToldOnce()
    {
        var error = Should.Throw<KqlException>(() => _engine.Run($"print {string.Concat(Enumerable.Repeat("(print 1 | where ", 300))}1", new QueryOptions()));
        error.Diagnostics.Count(diagnostic => diagnostic.Message == "The query is nested too deeply").ShouldBe(1);
    }
}
