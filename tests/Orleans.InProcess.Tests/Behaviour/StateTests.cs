using Microsoft.Extensions.DependencyInjection;
using Orleans.Storage;

namespace Orleans.Behaviour;

public sealed class StateTests : IAsyncLifetime
{
    private readonly Journal _journal = new();
    private IGrainEngine _engine = null!;

    public async Task InitializeAsync() => _engine = await GrainEngine.StartAsync(silo => silo
        .AddMemoryGrainStorage("state")
        .ConfigureServices(services => services.AddSingleton(_journal)));

    public async Task DisposeAsync() => await _engine.DisposeAsync();

    [Fact]
    public async Task State_OfANewGrain_IsNewAndNotStored()
    {
        (await Grain("new").Value()).ShouldBe(0);
        (await Grain("new").RecordExists()).ShouldBeFalse();
    }

    [Fact]
    public async Task State_Written_IsReadByTheNextActivation()
    {
        var before = await Grain("a").Activation();
        await Grain("a").Write(7);
        await EndAsync("a");
        (await Grain("a").Value()).ShouldBe(7);
        (await Grain("a").RecordExists()).ShouldBeTrue();
        (await Grain("a").Activation()).ShouldNotBe(before);
    }

    [Fact]
    public async Task State_Cleared_IsNewInTheNextActivation()
    {
        await Grain("c").Write(7);
        await Grain("c").Clear();
        (await Grain("c").RecordExists()).ShouldBeFalse();
        await EndAsync("c");
        (await Grain("c").Value()).ShouldBe(0);
        await Grain("c").Write(8);
        (await Grain("c").Value()).ShouldBe(8);
    }

    [Fact]
    public async Task StateWrite_ThatLosesItsETag_ThrowsAndEndsTheActivation()
    {
        await Grain("b").Write(1);
        var before = await Grain("b").Activation();
        await OverwriteAsync("b", 2);
        await Should.ThrowAsync<InconsistentStateException>(() => Grain("b").Write(3));
        await _journal.Until("b deactivated: ApplicationError");
        (await Grain("b").Value()).ShouldBe(2);
        (await Grain("b").Activation()).ShouldNotBe(before);
    }

    [Fact]
    public async Task StateWrite_ThatMeantToCreateAndFindsOne_ThrowsAndEndsTheActivation()
    {
        (await Grain("d").Value()).ShouldBe(0);
        await OverwriteAsync("d", 2);
        await Should.ThrowAsync<InconsistentStateException>(() => Grain("d").Write(3));
        (await Grain("d").Value()).ShouldBe(2);
    }

    private IStateGrain Grain(string key) => _engine.Grains.GetGrain<IStateGrain>(key);

    private async Task EndAsync(string key)
    {
        await Grain(key).Leave();
        await _journal.Until($"{key} deactivated: ApplicationRequested");
    }

    private async Task OverwriteAsync(string key, int value)
    {
        var storage = _engine.Services.GetRequiredKeyedService<IGrainStorage>("state");
        var state = new GrainState<Tally>();
        await storage.ReadStateAsync("tally", Grain(key).GetGrainId(), state);
        state.State = new Tally { Value = value };
        await storage.WriteStateAsync("tally", Grain(key).GetGrainId(), state);
    }
}
