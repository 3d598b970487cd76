using System.Diagnostics;

namespace Snowplow.Benchmarks.GrainCalls;

/// <summary>Grain calls per second across 10,000 grains.</summary>
internal static class GrainCallRun
{
    private const int Grains = 10_000;
    private const int Callers = 64;
    private const int CallsPerCaller = 50_000;

    public static async Task RunAsync()
    {
        await using var load = await GrainCallLoad.StartAsync(Grains);
        for (var round = 0; round < 5; round++)
        {
            var allocated = GC.GetTotalAllocatedBytes();
            var clock = Stopwatch.StartNew();
            var calls = await load.CallAsync(Callers, CallsPerCaller);
            var seconds = clock.Elapsed.TotalSeconds;
            var bytes = (GC.GetTotalAllocatedBytes() - allocated) / (double)calls;
            Console.WriteLine($"grain-calls: {calls / seconds:N0} calls/s, {bytes:F0} bytes/call ({Grains:N0} grains, {Callers} callers)");
        }
    }
}
