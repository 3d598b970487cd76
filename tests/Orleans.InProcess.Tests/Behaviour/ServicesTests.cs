using Microsoft.Extensions.DependencyInjection;

namespace Orleans.Behaviour;

public sealed class ServicesTests : IAsyncLifetime
{
    private readonly Journal _journal = new();
    private IGrainEngine _engine = null!;

    public async Task InitializeAsync() =>
        _engine = await GrainEngine.StartAsync(silo => silo.ConfigureServices(services => services
            .AddSingleton(_journal)
            .AddSingleton(new SiloService(1))
            .AddKeyedSingleton("other", new SiloService(2))
            .AddScoped<OwnService>()));

    public async Task DisposeAsync() => await _engine.DisposeAsync();

    [Fact]
    public async Task Grain_IsGivenTheSilosServices_ByTypeAndByKey()
    {
        var (silo, keyed, _) = await Grain(1).Services();
        (silo, keyed).ShouldBe((1, 2));
    }

    [Fact]
    public async Task Grain_HasAScopedServiceForItself_UntilItEnds()
    {
        var first = (await Grain(1).Services()).Own;
        var second = (await Grain(2).Services()).Own;
        second.ShouldNotBe(first);
        (await Grain(1).Services()).Own.ShouldBe(first);

        await _engine.StopAsync();
        await _journal.Until($"{first} disposed");
        await _journal.Until($"{second} disposed");
    }

    private IServicesGrain Grain(long key) => _engine.Grains.GetGrain<IServicesGrain>(key);
}
