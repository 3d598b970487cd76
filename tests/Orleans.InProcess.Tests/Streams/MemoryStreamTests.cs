using Microsoft.Extensions.DependencyInjection;
using Orleans.Behaviour;
using Orleans.Simulation;

namespace Orleans.Streams;

public sealed class MemoryStreamTests
{
    private static readonly StreamId Live = StreamId.Create("live", "events");

    private readonly Journal _journal = new();
    private readonly SimulatedScheduler _scheduler = new(13);

    [Fact]
    public void Item_ReachesEverySubscriberInOrder() => Run(async silo =>
    {
        var stream = Stream(silo);
        var (left, right) = (new List<int>(), new List<int>());
        await stream.SubscribeAsync((item, _) => Add(left, item));
        await stream.SubscribeAsync((item, _) => Add(right, item));
        for (var i = 0; i < 100; i++) await stream.OnNextAsync(i);
        await IdleAsync();
        left.ShouldBe(Enumerable.Range(0, 100));
        right.ShouldBe(Enumerable.Range(0, 100));
    });

    [Fact]
    public void Unsubscribe_EndsDelivery() => Run(async silo =>
    {
        var stream = Stream(silo);
        var items = new List<int>();
        var subscription = await stream.SubscribeAsync((item, _) => Add(items, item));
        await stream.OnNextAsync(1);
        await IdleAsync();
        await subscription.UnsubscribeAsync();
        (await stream.GetAllSubscriptionHandles()).ShouldBeEmpty();
        await stream.OnNextAsync(2);
        await IdleAsync();
        items.ShouldBe([1]);
    });

    [Fact]
    public void SlowSubscriber_MissesTheOldest_IsTold_AndNeverHoldsTheWriter() => Run(async silo =>
    {
        var stream = Stream(silo);
        var (items, errors, gate) = (new List<int>(), new List<Exception>(), new TaskCompletionSource());
        await stream.SubscribeAsync(
            async (item, _) =>
            {
                await gate.Task;
                items.Add(item);
            },
            error =>
            {
                errors.Add(error);
                return Task.CompletedTask;
            });
        for (var i = 0; i < 10_000; i++) stream.OnNextAsync(i).IsCompletedSuccessfully.ShouldBeTrue();
        gate.SetResult();
        await IdleAsync();
        errors.ShouldHaveSingleItem().ShouldBeOfType<QueueCacheMissException>().Message.ShouldContain("were dropped");
        items[^1].ShouldBe(9_999);
        items.Count.ShouldBeInRange(4096, 4097);
    });

    [Fact]
    public void Observer_ThatThrows_GetsTheNextItemAllTheSame() => Run(async silo =>
    {
        var stream = Stream(silo);
        var items = new List<int>();
        await stream.SubscribeAsync((item, _) => item == 1 ? throw new NotSupportedException() : Add(items, item));
        for (var i = 0; i < 3; i++) await stream.OnNextAsync(i);
        await IdleAsync();
        items.ShouldBe([0, 2]);
    });

    [Fact]
    public void Grain_Subscribed_ReceivesItemsInTurnsOfItsOwn() => Run(async silo =>
    {
        var grain = silo.Grains.GetGrain<IListeningGrain>("a");
        await grain.Listen();
        for (var i = 0; i < 20; i++) await Stream(silo).OnNextAsync(i);
        await IdleAsync();
        (await grain.Sum()).ShouldBe(190);
        silo.Faults.Lose(grain);
        await Stream(silo).OnNextAsync(1);
        await IdleAsync();
        (await Stream(silo).GetAllSubscriptionHandles()).ShouldBeEmpty();
    });

    private static Task Add(List<int> items, int item)
    {
        items.Add(item);
        return Task.CompletedTask;
    }

    private Task IdleAsync() => Task.Delay(TimeSpan.FromSeconds(1), _scheduler.Time);

    private static IAsyncStream<int> Stream(SimulatedSilo silo) =>
        silo.Services.GetRequiredService<IClusterClient>().GetStreamProvider("live").GetStream<int>(Live);

    private void Run(Func<SimulatedSilo, Task> test) => _scheduler.Run(async () =>
    {
        var silo = SimulatedSilo.Start(
            _scheduler, silo => silo.AddMemoryStreams("live").ConfigureServices(services => services.AddSingleton(_journal)));
        await test(silo);
        await silo.StopAsync();
    });
}
