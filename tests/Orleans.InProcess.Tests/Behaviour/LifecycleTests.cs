using Microsoft.Extensions.DependencyInjection;

namespace Orleans.Behaviour;

public sealed class LifecycleTests : IAsyncLifetime
{
    private readonly Journal _journal = new();
    private IGrainEngine _engine = null!;

    public async Task InitializeAsync() =>
        _engine = await GrainEngine.StartAsync(silo => silo.ConfigureServices(services => services.AddSingleton(_journal)));

    public async Task DisposeAsync() => await _engine.DisposeAsync();

    [Fact]
    public async Task Grain_OnItsFirstCall_ActivatesBefore()
    {
        (await Grain(5).Key()).ShouldBe(5);
        (await Grain(5).Key()).ShouldBe(5);
        _journal.Entries.ShouldBe(["5 activated", "5 called", "5 called"]);
    }

    [Fact]
    public async Task Grain_ThatFailsToActivate_TellsItsCallerWhy()
    {
        var thrown = await Should.ThrowAsync<NotSupportedException>(() => Grain(-1).Key());
        thrown.Message.ShouldBe("Not yet.");
        _journal.Entries.ShouldBe(["-1 activated"]);
    }

    [Fact]
    public async Task Engine_WhenItStops_DeactivatesEveryGrain()
    {
        await Task.WhenAll(Enumerable.Range(0, 50).Select(i => Grain(i).Key()));
        await _engine.StopAsync();
        _journal.Entries.Count(entry => entry.EndsWith("deactivated: ShuttingDown", StringComparison.Ordinal)).ShouldBe(50);
    }

    [Fact]
    public async Task GrainTimer_TicksUntilTheGrainDeactivates()
    {
        await Grain(7).StartTimer(TimeSpan.FromMilliseconds(10));
        await _journal.Until("7 tick 3");
        await _engine.StopAsync();
        _journal.Entries[^1].ShouldBe("7 deactivated: ShuttingDown");
    }

    private ILifecycleGrain Grain(long key) => _engine.Grains.GetGrain<ILifecycleGrain>(key);
}
