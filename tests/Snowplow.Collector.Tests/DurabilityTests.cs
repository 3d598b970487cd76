using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using Snowplow.Events.Collector;
using Snowplow.Streams;
using Snowplow.Streams.Local;

namespace Snowplow.Collector.Tests;

/// <summary>The collector on the local log: what it answered 200 for is in the log's files, and nothing else.</summary>
public sealed class DurabilityTests : IDisposable
{
    private const string Tp2 = "/com.snowplowanalytics.snowplow/tp2";
    private readonly string _folder = Directory.CreateTempSubdirectory("snowplow-collector-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Events_ThatWereAcknowledged_AreInTheReopenedLog()
    {
        await using (var log = Open())
        await using (var server = await CollectorServer.StartAsync(log))
        {
            var posts = Enumerable.Range(0, 200).Select(n => server.SendAsync("POST", Tp2, $$"""{"data":[{"duid":"user-{{n % 10}}","n":{{n}}}]}"""));
            foreach (var response in await Task.WhenAll(posts)) response.StatusCode.ShouldBe(HttpStatusCode.OK);
        }

        await using var reopened = Open();
        var bodies = (await ReadAllAsync(reopened)).Select(p => System.Text.Encoding.UTF8.GetString(p.Body!.Value.Span));
        bodies.ShouldBe(Enumerable.Range(0, 200).Select(n => $$"""{"data":[{"duid":"user-{{n % 10}}","n":{{n}}}]}"""), ignoreOrder: true);
    }

    [Fact]
    public async Task Events_WhileTheLogCannotGrow_Are503UntilItCan()
    {
        await using var log = Open();
        await using var server = await CollectorServer.StartAsync(log);
        (await server.SendAsync("POST", Tp2, new string('x', 5000))).StatusCode.ShouldBe(HttpStatusCode.OK);
        var obstacle = Directory.CreateDirectory(Path.Combine(_folder, "000", "00000000000000000001.log"));

        (await server.SendAsync("POST", Tp2, "refused")).StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await server.SendAsync("GET", "/ready")).StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await server.SendAsync("GET", "/health")).StatusCode.ShouldBe(HttpStatusCode.OK);

        obstacle.Delete();
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while ((await server.SendAsync("GET", "/ready")).StatusCode != HttpStatusCode.OK) await Task.Delay(20, timeout.Token);
        (await server.SendAsync("POST", Tp2, "stored")).StatusCode.ShouldBe(HttpStatusCode.OK);

        (await ReadAllAsync(log)).Select(p => p.Body!.Value.Length).ShouldBe([5000, "stored".Length]);
    }

    private LocalRawStream Open() =>
        LocalRawStream.Open(
            new LocalRawStreamOptions { Folder = _folder, Partitions = 1, SegmentSizeBytes = 4096 }, TimeProvider.System, NullLogger<LocalRawStream>.Instance);

    private static async Task<List<CollectorPayload>> ReadAllAsync(IRawStream stream)
    {
        var payloads = new List<CollectorPayload>();
        var end = await stream.GetEndAsync(0, CancellationToken.None);
        for (var position = 0L; position < end;)
        {
            var records = await stream.ReadAsync(0, position, 1 << 20, CancellationToken.None);
            payloads.AddRange(records.Select(r => RecordingStream.Decode(r.Payload.ToArray())));
            position = records[^1].Position + 1;
        }

        return payloads;
    }
}
