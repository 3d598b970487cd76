using Microsoft.Extensions.DependencyInjection;

namespace Orleans.Behaviour;

public sealed class InterleavingTests : IAsyncLifetime
{
    private readonly Journal _journal = new();
    private IGrainEngine _engine = null!;

    public async Task InitializeAsync() =>
        _engine = await GrainEngine.StartAsync(silo => silo.ConfigureServices(services => services.AddSingleton(_journal)));

    public async Task DisposeAsync() => await _engine.DisposeAsync();

    [Fact]
    public async Task Call_WhileAnotherWaits_DoesNotStart()
    {
        var grain = _engine.Grains.GetGrain<IInterleavingGrain>("a");
        var holding = grain.Hold("gate");
        await _journal.Until("held by gate");
        var waiting = grain.Note("noted");
        await grain.Peek();
        waiting.IsCompleted.ShouldBeFalse();
        _journal.Set("gate");
        await Task.WhenAll(holding, waiting);
        _journal.Entries.ShouldBe(["held by gate", "released by gate", "noted"]);
    }

    [Fact]
    public async Task AlwaysInterleavingCall_WhileOthersRunAndWait_RunsAtOnce()
    {
        var grain = _engine.Grains.GetGrain<IInterleavingGrain>("b");
        var holding = grain.Hold("gate");
        await _journal.Until("held by gate");
        var waiting = grain.Note("noted");
        await grain.Peek().WaitAsync(TimeSpan.FromSeconds(20));
        _journal.Set("gate");
        await Task.WhenAll(holding, waiting);
    }

    [Fact]
    public async Task ReadOnlyCalls_RunTogether_ButNotBesideOthers()
    {
        var grain = _engine.Grains.GetGrain<IInterleavingGrain>("c");
        var reading = grain.HoldReading("gate");
        await _journal.Until("held by gate");
        await grain.Look().WaitAsync(TimeSpan.FromSeconds(20));
        var waiting = grain.Note("noted");
        await grain.Peek();
        waiting.IsCompleted.ShouldBeFalse();
        _journal.Set("gate");
        await Task.WhenAll(reading, waiting);
        _journal.Entries.ShouldBe(["held by gate", "released by gate", "noted"]);
    }

    [Fact]
    public async Task ReentrantGrain_WhileACallWaits_RunsOthers()
    {
        var grain = _engine.Grains.GetGrain<IReentrantGrain>("d");
        var holding = grain.Hold("gate");
        await _journal.Until("held by gate");
        await grain.Note("noted").WaitAsync(TimeSpan.FromSeconds(20));
        holding.IsCompleted.ShouldBeFalse();
        _journal.Set("gate");
        await holding;
    }
}
