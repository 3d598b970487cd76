using Snowplow.EndToEnd.Tests.Harness;
using Snowplow.EndToEnd.Tests.Recount;
using Xunit.Abstractions;

namespace Snowplow.EndToEnd.Tests.Crash;

/// <summary>
/// The real executable under load, ended over and over at random moments, mostly by SIGKILL, and started again, often with
/// another configuration, while an Iglu registry flaps. ARCHITECTURE.md §4 is the claim that is put to the test.
/// </summary>
/// <remarks>
/// <c>SNOWPLOW_CRASH_SEED</c> and <c>SNOWPLOW_CRASH_ROUNDS</c> give another run; <c>SNOWPLOW_TEST_SCALE=full</c> a longer one.
/// </remarks>
public sealed class CrashTests(ITestOutputHelper log) : IDisposable
{
    private const int EventsPerSecond = 200;

    private readonly DataFolder _data = new();
    private readonly Uri _url = SnowplowProcess.FreeAddress();

    /// <inheritdoc/>
    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task Executable_WhenEndedAtAnyMomentUnderLoad_LosesAndDoublesNothing()
    {
        await using var registry = await FlappingRegistry.StartAsync(CrashPlan.Seed);
        var plan = new CrashPlan(CrashPlan.Seed, registry.Url);
        await using var load = new Load(_url, CrashPlan.Seed, EventsPerSecond, TimeSpan.FromSeconds(60 + (30 * CrashPlan.Rounds)));
        await using var flap = new FlapClient(_url, CrashPlan.Seed);
        for (var round = 1; round <= CrashPlan.Rounds; round++)
        {
            await RunAsync(plan, round);
            Outcomes.Of(_data).Doubled().ShouldBeEmpty($"after round {round} of seed {CrashPlan.Seed}");
        }

        await using var last = await SnowplowProcess.StartAsync(_data, _url, plan.NextSettings());
        string[] acknowledged = [.. await load.StopAsync(), .. await flap.StopAsync()];
        log.WriteLine($"{acknowledged.Length} events acknowledged");
        acknowledged.Length.ShouldBeGreaterThan(CrashPlan.Rounds * EventsPerSecond / 10, "there was hardly any load");

        await last.ShouldLandAsync(acknowledged);
        await last.StopAsync();
        var outcomes = Outcomes.Of(_data);
        outcomes.Doubled().ShouldBeEmpty($"at the end of seed {CrashPlan.Seed}");
        outcomes.Unmatched().ShouldBeEmpty($"at the end of seed {CrashPlan.Seed}");
        log.WriteLine($"{outcomes.FailedCount} failed events");
        outcomes.FailedCount.ShouldBeGreaterThan(CrashPlan.Rounds, "there was hardly any failed event");
        log.WriteLine(_data.RowsShouldAgreeWithEvents());
        await _data.WarehouseShouldAgreeWithFilesAsync();
    }

    private async Task RunAsync(CrashPlan plan, int round)
    {
        var (end, moment, settings) = (plan.NextEnd(round), plan.NextMoment(), plan.NextSettings());
        log.WriteLine($"Round {round}: {end} after {moment.TotalMilliseconds} ms with {settings.Describe()}");
        await using var snowplow = end == RunEnd.KilledWhileStarting
            ? SnowplowProcess.Launch(_data, _url, settings)
            : await SnowplowProcess.StartAsync(_data, _url, settings);

        // Not to wait for something: the moment is what the test varies.
        await Task.Delay(moment);
        await (end == RunEnd.Interrupted ? snowplow.StopAsync() : snowplow.KillAsync());
    }
}
