using System.Diagnostics;
using System.Globalization;

namespace Snowplow.Benchmarks.Platform;

/// <summary>
/// The whole platform under load, as a user runs it: <c>snowplow serve</c> and <c>snowplow simulate</c> as two processes on
/// this machine, which share its processors. Reports sustained events per second, the time from request to visible in the
/// live API at half of that load, peak memory, processor time and allocation per event.
/// </summary>
internal static class LoadRun
{
    private const int FullRate = 10_000;

    private static readonly int Seconds =
        int.TryParse(Environment.GetEnvironmentVariable("SNOWPLOW_LOAD_SECONDS"), CultureInfo.InvariantCulture, out var seconds) ? seconds : 60;

    public static async Task RunAsync()
    {
        await using var server = await ServerProcess.StartAsync();
        Console.WriteLine($"load: warm-up, {FullRate / 2:N0} events/s for 10 s");
        await server.SimulateAsync(FullRate / 2, 10, seed: 1);

        await VisibleAsync(server, "visible in the live API", VisibleProbe.IsLiveAsync, seed: 2);
        await VisibleAsync(server, "queryable", VisibleProbe.IsQueryableAsync, seed: 5);
        await RunAtAsync(server, FullRate, seed: 3);
        await RunAtAsync(server, 4 * FullRate, seed: 4);
    }

    private static async Task VisibleAsync(ServerProcess server, string what, Func<HttpClient, Guid, Task<bool>> isThere, int seed)
    {
        Console.WriteLine($"load: {what}, at {FullRate / 2:N0} events/s for {Seconds} s");
        using var end = new CancellationTokenSource();
        var probe = VisibleProbe.RunAsync(server.Url, isThere, end.Token);
        Console.WriteLine(await server.SimulateAsync(FullRate / 2, Seconds, seed));
        await end.CancelAsync();
        Console.WriteLine($"load: request to {what}: {await probe}");
    }

    private static async Task RunAtAsync(ServerProcess server, int rate, int seed)
    {
        Console.WriteLine($"load: {rate:N0} events/s offered for {Seconds} s");
        var (before, processor) = (await server.MetricsAsync(), server.ProcessorTime);
        var clock = Stopwatch.StartNew();
        Console.WriteLine(await server.SimulateAsync(rate, Seconds, seed));
        var offered = clock.Elapsed;
        while ((await server.MetricsAsync()).Lag > 0) await Task.Delay(20);
        var after = await server.MetricsAsync();
        var events = after.Good - before.Good;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"load: {events:N0} events landed and modelled, {events / clock.Elapsed.TotalSeconds:N0}/s, {(clock.Elapsed - offered).TotalSeconds:F1} s behind at the end; "
            + $"{(server.ProcessorTime - processor).TotalMicroseconds / events:F0} µs of processor time and {(after.AllocatedBytes - before.AllocatedBytes) / events:N0} bytes allocated an event; peak memory so far {server.PeakMemoryMiB:N0} MiB"));
    }
}
