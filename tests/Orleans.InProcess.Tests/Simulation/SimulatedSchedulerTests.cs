using Microsoft.Extensions.DependencyInjection;
using Orleans.Behaviour;

namespace Orleans.Simulation;

public sealed class SimulatedSchedulerTests
{
    private readonly Journal _journal = new();

    [Fact]
    public void Run_WithTheSameSeed_TakesTheSameSteps() => Trace(42).ShouldBe(Trace(42));

    [Fact]
    public void Run_WithManySeeds_FindsManyOrders() =>
        Enumerable.Range(0, 50).Select(seed => string.Join(' ', Trace(seed))).Distinct().Count().ShouldBeGreaterThan(10);

    [Fact]
    public void Run_WhenTheTestWaitsForNothing_SaysSo()
    {
        var scheduler = new SimulatedScheduler(1);
        var silo = Start(scheduler);
        Should.Throw<TimeoutException>(() => scheduler.Run(async () =>
        {
            await silo.Grains.GetGrain<ICallGrain>("a").Echo("x");
            await new TaskCompletionSource().Task;
        })).Message.ShouldContain("seed 1");
    }

    [Fact]
    public void Run_WhenWorkComesFromAnotherThread_SaysSo()
    {
        var scheduler = new SimulatedScheduler(1);
        Should.Throw<InvalidOperationException>(() => scheduler.Run(async () =>
        {
            var source = new TaskCompletionSource();
            var waiting = WaitAsync(source.Task);
            var thread = new Thread(source.SetResult);
            thread.Start();
            thread.Join();
            await waiting;
        })).Message.ShouldContain("another thread");
    }

    [Fact]
    public void Run_WithManyCallsAwaitedTogether_StaysOnItsThread()
    {
        for (var seed = 0; seed < 50; seed++)
        {
            var scheduler = new SimulatedScheduler(seed) { EarlyTimerChance = 0.1 };
            var silo = Start(scheduler);
            scheduler.Run(async () =>
            {
                var calls = Enumerable.Range(0, 20).Select(i => silo.Grains.GetGrain<ICallGrain>($"g{i}").Count());
                (await Task.WhenAll(calls)).Sum().ShouldBe(20);
                await await Task.WhenAny(silo.Grains.GetGrain<ICallGrain>("a").Key(), silo.Grains.GetGrain<ICallGrain>("b").Key());
                await silo.StopAsync();
            });
        }
    }

    [Fact]
    public void Call_ThatHangs_TimesOutInVirtualTimeAndGoesOnInTheGrain()
    {
        var scheduler = new SimulatedScheduler(3);
        var silo = Start(scheduler);
        scheduler.Run(async () =>
        {
            var grain = silo.Grains.GetGrain<ICallGrain>("a");
            var start = scheduler.Time.Elapsed;
            var error = await Thrown.ByAsync<TimeoutException>(() => grain.WaitFor("gate", default));
            error.Message.ShouldContain("ICallGrain.WaitFor");
            (scheduler.Time.Elapsed - start).ShouldBeInRange(TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(30 + 30 / 8.0 + 1));
            await Thrown.ByAsync<TimeoutException>(() => grain.Key());
            _journal.Set("gate");
            (await grain.Key()).ShouldBe("a");
        });
    }

    private static async Task WaitAsync(Task task) => await task;

    private static List<string> Trace(int seed)
    {
        var journal = new Journal();
        var scheduler = new SimulatedScheduler(seed);
        var silo = SimulatedSilo.Start(scheduler, s => s.ConfigureServices(services => services.AddSingleton(journal)));
        scheduler.Run(() => Task.WhenAll(Enumerable.Range(0, 6).Select(async i =>
        {
            await silo.Grains.GetGrain<ICallGrain>($"g{i % 3}").Count();
            journal.Add($"{i}");
        })));
        scheduler.Run(silo.StopAsync);
        return [.. journal.Entries];
    }

    private SimulatedSilo Start(SimulatedScheduler scheduler) =>
        SimulatedSilo.Start(scheduler, silo => silo.ConfigureServices(services => services.AddSingleton(_journal)));
}
