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
}
