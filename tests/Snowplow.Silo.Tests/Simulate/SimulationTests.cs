using Snowplow.Silo.Simulate;

namespace Snowplow.Silo.Tests.Simulate;

public sealed class SimulationTests
{
    [Fact]
    public async Task Simulation_WhenSeedIsTheSame_SendsTheSameEvents()
    {
        var first = await Events(seed: 7);
        var second = await Events(seed: 7);
        var other = await Events(seed: 8);

        second.ShouldBe(first);
        other.Keys.Intersect(first.Keys).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(1000, 300, 300)]
    [InlineData(64, 2000, 128)]
    public async Task Simulation_WhenRateAndDurationAreGiven_SendsTheirProduct(double rate, int durationMs, int expected)
    {
        await using var collector = await RecordingCollector.StartAsync();

        var report = await Run(new SimulateConfig
        {
            Collector = collector.Address, Users = 20, Rate = rate, Duration = TimeSpan.FromMilliseconds(durationMs),
        });

        report.Sent.ShouldBe(expected);
        report.Acknowledged.ShouldBe(expected);
        report.NotAcknowledged.ShouldBe(0);
        collector.Requests.Sum(request => request.Events.Count).ShouldBe(expected);
        report.Requests.ShouldBe(collector.Requests.Count);
    }

    [Fact]
    public async Task Simulation_WhenSomeRequestsFail_ReportsThemByStatusAndAcknowledgesTheOthersOnly()
    {
        await using var collector = await RecordingCollector.StartAsync();
        using var folder = new TemporaryFolder();
        var number = 0;
        var refused = new HashSet<string>();
        collector.Answer = request =>
        {
            var isRefused = Interlocked.Increment(ref number) % 3 == 0;
            if (isRefused)
            {
                lock (refused)
                    refused.UnionWith(request.Events.Select(parameters => parameters["eid"]));
            }

            return Task.FromResult(isRefused ? 503 : 200);
        };

        var report = await Run(new SimulateConfig
        {
            Collector = collector.Address, Rate = 0, Duration = null, Events = 500, AcknowledgedFile = folder.File("acknowledged"), SentFile = folder.File("sent"),
        });

        var all = collector.Requests.SelectMany(request => request.Events).Select(parameters => parameters["eid"]).ToList();
        var acknowledged = await File.ReadAllLinesAsync(folder.File("acknowledged"));
        report.Failed.ShouldBe(new Dictionary<string, long> { ["503"] = refused.Count });
        report.Acknowledged.ShouldBe(500 - refused.Count);
        acknowledged.Order().ShouldBe(all.Except(refused).Order());
        (await File.ReadAllLinesAsync(folder.File("sent"))).Order().ShouldBe(all.Order());
    }

    [Fact]
    public async Task Simulation_WhenRetriesAreAllowed_SendsAgainUntilAcknowledged()
    {
        await using var collector = await RecordingCollector.StartAsync();
        var seen = new HashSet<string>();
        collector.Answer = request =>
        {
            lock (seen)
                return Task.FromResult(seen.Add(request.Events[0]["eid"]) ? 500 : 200);
        };

        var report = await Run(new SimulateConfig { Collector = collector.Address, Rate = 0, Duration = null, Events = 40, Batch = 5, Retries = 1 });

        report.Acknowledged.ShouldBe(40);
        report.Retries.ShouldBe(report.Requests);
        collector.Requests.Count.ShouldBe((int)(2 * report.Requests));
    }

    [Fact]
    public async Task Simulation_WhenStatusIsFinal_DoesNotSendAgain()
    {
        await using var collector = await RecordingCollector.StartAsync();
        collector.Answer = _ => Task.FromResult(413);

        var report = await Run(new SimulateConfig { Collector = collector.Address, Rate = 0, Duration = null, Events = 20, Retries = 3 });

        report.Retries.ShouldBe(0);
        report.Failed.ShouldBe(new Dictionary<string, long> { ["413"] = 20 });
    }

    [Fact]
    public async Task Simulation_WhenNobodyListens_CountsEveryEventAsFailed()
    {
        Uri address;
        await using (var collector = await RecordingCollector.StartAsync())
            address = collector.Address;

        var report = await Run(new SimulateConfig { Collector = address, Rate = 0, Duration = null, Events = 30 });

        report.Acknowledged.ShouldBe(0);
        report.Failed.ShouldBe(new Dictionary<string, long> { ["ConnectionError"] = 30 });
    }

    [Fact]
    public async Task Simulation_WhenCollectorIsSlow_KeepsToItsConnections()
    {
        await using var collector = await RecordingCollector.StartAsync();
        var inFlight = 0;
        var most = 0;
        var threeCame = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        collector.Answer = async _ =>
        {
            var now = Interlocked.Increment(ref inFlight);
            if (now == 3)
                threeCame.TrySetResult();
            // Nobody is answered before three have come, so the limit is reached for sure.
            await threeCame.Task;
            InterlockedMax(ref most, now);
            Interlocked.Decrement(ref inFlight);
            return 200;
        };

        var report = await Run(new SimulateConfig { Collector = collector.Address, Rate = 0, Duration = null, Events = 400, Connections = 3 });

        report.Acknowledged.ShouldBe(400);
        most.ShouldBe(3);
    }

    private static void InterlockedMax(ref int target, int value)
    {
        int seen;
        while ((seen = Volatile.Read(ref target)) < value && Interlocked.CompareExchange(ref target, value, seen) != seen)
        {
        }
    }

    private static async Task<SortedDictionary<string, string>> Events(int seed)
    {
        await using var collector = await RecordingCollector.StartAsync();
        await Run(new SimulateConfig { Collector = collector.Address, Users = 50, Rate = 0, Duration = null, Events = 600, Seed = seed });
        var events = collector.Requests.SelectMany(request => request.Events.Select(parameters => (request, parameters)));
        return new SortedDictionary<string, string>(events.ToDictionary(pair => pair.parameters["eid"], pair => Text(pair.request, pair.parameters)));
    }

    /// <summary>All of an event but its wall-clock times, with who sent it.</summary>
    private static string Text(RecordedRequest request, IReadOnlyDictionary<string, string> parameters)
    {
        var values = parameters.Where(pair => pair.Key is not ("dtm" or "stm" or "cx")).Select(pair => $"{pair.Key}={pair.Value}");
        var entities = System.Text.RegularExpressions.Regex.Replace(
            RecordedRequest.Base64(parameters, "cx") ?? "", "\"firstEventTimestamp\":\"[^\"]*\"", "");
        return string.Join('&', values) + entities + request.Headers["User-Agent"] + request.Headers["X-Forwarded-For"] + request.Headers.GetValueOrDefault("Cookie");
    }

    private static async Task<SimulateReport> Run(SimulateConfig config)
    {
        using var simulation = new Simulation(config, TimeProvider.System);
        return await simulation.Run(CancellationToken.None);
    }
}
