using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Snowplow.Benchmarks.GrainCalls;

/// <summary>Calls many grains from some callers at once; each caller has one call under way at a time.</summary>
public sealed class GrainCallLoad : IAsyncDisposable
{
    private readonly IHost _host;
    private readonly ITallyGrain[] _grains;

    private GrainCallLoad(IHost host, int grainCount)
    {
        _host = host;
        var factory = host.Services.GetRequiredService<IGrainFactory>();
        _grains = [.. Enumerable.Range(0, grainCount).Select(i => factory.GetGrain<ITallyGrain>($"user-{i:D8}"))];
    }

    public static async Task<GrainCallLoad> StartAsync(int grainCount)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.UseOrleans(static _ => { });
        var host = builder.Build();
        await host.StartAsync();
        var load = new GrainCallLoad(host, grainCount);
        foreach (var grain in load._grains) await grain.Add(0);
        return load;
    }

    /// <summary>Makes the calls, spread evenly over the grains, and returns their sum as the grains counted it.</summary>
    public async Task<long> CallAsync(int callers, int callsPerCaller)
    {
        var sums = await Task.WhenAll(Enumerable.Range(0, callers).Select(caller => Task.Run(() => CallAsync(caller * 7919, callsPerCaller, 1))));
        return sums.Sum();
    }

    public async Task<long> TotalAsync()
    {
        long total = 0;
        foreach (var grain in _grains) total += await grain.Add(0);
        return total;
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
    }

    private async Task<long> CallAsync(int first, int calls, long amount)
    {
        long made = 0;
        for (var i = 0; i < calls; i++)
        {
            await _grains[(first + i) % _grains.Length].Add(amount);
            made += amount;
        }

        return made;
    }
}
