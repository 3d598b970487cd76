using System.Buffers;
using System.Globalization;
using Snowplow.Enrich.Tests.Enrichments;
using Snowplow.Enrich.Tests.Enrichments.Api;
using Snowplow.Events.Collector;
using Snowplow.Events.Enriched;

namespace Snowplow.Enrich.Tests.Pipeline;

public sealed class EnrichLanesTests : IAsyncLifetime
{
    private readonly AcmeEvents _events = new();
    private readonly EnrichmentFiles _files = new();
    private readonly ApiServer _server = new();
    private int _now, _most;

    public EnrichLanesTests()
    {
        _files.Add("com.snowplowanalytics.snowplow.enrichments/api_request_enrichment_config/1-0-2", $$$"""
            {"inputs":[{"key":"user","pojo":{"field":"user_id"} }],
            "api":{"http":{"method":"GET","uri":"{{{_server.Address}}}{{user}}","timeout":60000,"authentication":{} } },
            "outputs":[{"schema":"iglu:com.acme/reply/jsonschema/1-0-0","json":{"jsonPath":"$"} }],"cache":{"size":100,"ttl":60} }
            """);
        _server.Reply = async context =>
        {
            var now = Interlocked.Increment(ref _now);
            for (var most = Volatile.Read(ref _most); now > most; most = Volatile.Read(ref _most)) Interlocked.CompareExchange(ref _most, now, most);
            // The first ones take longest.
            await Task.Delay(context.Request.RawUrl!.EndsWith('0') ? 150 : 20);
            Interlocked.Decrement(ref _now);
            await ApiServer.Json(context, $$"""{"path":"{{context.Request.RawUrl}}"}""");
        };
    }

    [Fact]
    public async Task Records_ThatWaitForAService_AreUnderWayTogetherAndComeOutInOrder()
    {
        string[] users = [.. Enumerable.Range(0, 30).Select(i => $"u{i}")];
        var (good, bad, counts) = await ProcessAsync(users);
        counts.ShouldBe(new EnrichCounts(30, 0));
        bad.ShouldBe("");
        Users(good).ShouldBe(users);
        for (var i = 0; i < good.Count; i++) good[i].Text(EventField.DerivedContexts)!.ShouldContain($"/u{i}\"");
        _most.ShouldBeInRange(2, EnrichLanes.MaxUnderWay);
    }

    [Fact]
    public async Task Records_WithTheSameQuestion_AskItOnce()
    {
        (await ProcessAsync([.. Enumerable.Repeat("u0", 20)])).Counts.Good.ShouldBe(20);
        _server.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Records_OfWhichSomeAreBad_KeepBothOutputsInOrder()
    {
        string[] users = [.. Enumerable.Range(0, 20).Select(i => $"{(i % 3 == 1 ? "bad" : "u")}{i}")];
        var (good, bad, counts) = await ProcessAsync(users);
        counts.ShouldBe(new EnrichCounts(13, 7));
        Users(good).ShouldBe(users.Where(user => user[0] == 'u'));
        bad.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => users.Single(user => line.Contains($"\"{user}\"", StringComparison.Ordinal)))
            .ShouldBe(users.Where(user => user[0] == 'b'));
    }

    [Fact]
    public async Task Batch_ThatIsGivenUp_CanBeFollowedByAnother()
    {
        using var harness = new Harness(_files.Options, _events.Iglu);
        using var lanes = harness.NewLanes();
        var (good, bad) = (new ArrayBufferWriter<byte>(), new ArrayBufferWriter<byte>());
        using var hurry = new CancellationTokenSource();
        lanes.Begin([.. Enumerable.Range(0, 10).Select(i => Raw($"x{i}", i))]);
        var first = lanes.ProcessAsync(0, good, bad, null, hurry.Token).AsTask();
        await hurry.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(first);
        await lanes.SettleAsync();
        good.WrittenCount.ShouldBe(0);

        // Given up before its end, as a batch is whose output is large.
        lanes.Begin([.. Enumerable.Range(0, 10).Select(i => Raw($"y{i}", i))]);
        await lanes.ProcessAsync(0, good, bad, null, CancellationToken.None);
        await lanes.SettleAsync();
        lanes.Begin([Raw("z1", 1), Raw("z2", 2)]);
        lanes.WriteLost("rawlog-3", 0, 1, bad);
        for (var i = 0; i < 2; i++) await lanes.ProcessAsync(i, good, bad, null, CancellationToken.None);
        Users(EnrichedBatch.Parse(good.WrittenMemory)).ShouldBe(["y0", "z1", "z2"]);
    }

    private static IEnumerable<string?> Users(EnrichedBatch batch) => Enumerable.Range(0, batch.Count).Select(i => batch[i].Text(EventField.UserId));

    private static RawPayload Raw(string user, int position)
    {
        var thrift = new ArrayBufferWriter<byte>();
        var number = user.StartsWith("bad", StringComparison.Ordinal) ? "x" : position.ToString(CultureInfo.InvariantCulture);
        CollectorPayloadWriter.Write(Harness.PostPageView(("uid", user), ("vid", number)), thrift);
        return new RawPayload(Harness.PayloadId, "rawlog-3", position, thrift.WrittenMemory);
    }

    private async Task<(EnrichedBatch Good, string Bad, EnrichCounts Counts)> ProcessAsync(string[] users)
    {
        using var harness = new Harness(_files.Options, _events.Iglu);
        using var lanes = harness.NewLanes();
        var (good, bad) = (new ArrayBufferWriter<byte>(), new ArrayBufferWriter<byte>());
        var counts = new EnrichCounts(0, 0);
        lanes.Begin([.. users.Select(Raw)]);
        for (var i = 0; i < users.Length; i++) counts += await lanes.ProcessAsync(i, good, bad, null, CancellationToken.None);
        return (EnrichedBatch.Parse(good.WrittenMemory), System.Text.Encoding.UTF8.GetString(bad.WrittenSpan), counts);
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await _server.DisposeAsync();
        _events.Dispose();
        _files.Dispose();
    }
}
