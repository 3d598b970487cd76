using System.Diagnostics;

namespace Snowplow.Benchmarks.GrainState;

/// <summary>State writes per second: 10,000 grains write about a kilobyte each at once, repeatedly.</summary>
internal static class StateWriteRun
{
    private const int Grains = 10_000;
    private const int Rounds = 30;

    public static async Task RunAsync()
    {
        foreach (var survivesPowerLoss in (bool[])[true, false])
        {
            using var load = new StateWriteLoad(Grains, survivesPowerLoss);
            await load.WriteAllAsync();
            await load.WriteAllAsync();
            var clock = Stopwatch.StartNew();
            var slowest = TimeSpan.Zero;
            for (var round = 0; round < Rounds; round++)
            {
                var start = clock.Elapsed;
                await load.WriteAllAsync();
                if (clock.Elapsed - start > slowest) slowest = clock.Elapsed - start;
            }

            var perSecond = Grains * Rounds / clock.Elapsed.TotalSeconds;
            var kind = survivesPowerLoss ? "synced to disk" : "process crash only";
            clock.Restart();
            await load.ReadAllAsync();
            Console.WriteLine(
                $"state-writes: {perSecond:N0} writes/s, slowest round of {Grains:N0} {slowest.TotalMilliseconds:F0} ms, "
                + $"{load.StateSizeBytes} bytes each, {kind}; {Grains / clock.Elapsed.TotalSeconds:N0} reads/s");
        }
    }
}
