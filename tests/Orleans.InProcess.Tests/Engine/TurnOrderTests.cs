using Microsoft.Extensions.DependencyInjection;
using Orleans.Behaviour;

namespace Orleans.Engine;

public sealed class TurnOrderTests
{
    private const int Grains = 20_000;

    [Fact]
    public async Task GrainAskedFromOutside_WhileThousandsOfOthersHaveTurnsToTake_AnswersBeforeThem()
    {
        var count = new TurnCount();
        await using var engine = await GrainEngine.StartAsync(silo => silo.ConfigureServices(services => services.AddSingleton(count)));
        var asked = engine.Grains.GetGrain<ITurnGrain>(-1);
        await asked.Work();
        await engine.Grains.GetGrain<ITurnGrain>(0).WorkAll(Grains);

        var before = count.Count;
        var all = engine.Grains.GetGrain<ITurnGrain>(0).WorkAll(Grains);
        while (count.Count == before) await Task.Yield();
        (await asked.Work() - before).ShouldBeLessThan(Grains / 2);
        await all;
    }
}
