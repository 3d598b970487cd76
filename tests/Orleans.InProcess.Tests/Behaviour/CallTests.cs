using Microsoft.Extensions.DependencyInjection;

namespace Orleans.Behaviour;

public sealed class CallTests : IAsyncLifetime
{
    private readonly Journal _journal = new();
    private IGrainEngine _engine = null!;

    public async Task InitializeAsync() =>
        _engine = await GrainEngine.StartAsync(silo => silo.ConfigureServices(services => services.AddSingleton(_journal)));

    public async Task DisposeAsync() => await _engine.DisposeAsync();

    [Fact]
    public async Task Call_WithTaskResult_AnswersTheResult() => (await Grain("a").Echo("x")).ShouldBe("x");

    [Fact]
    public async Task Call_WithValueTaskResult_AnswersTheResult()
    {
        (await Grain("a").Add(2, 3)).ShouldBe(5);
        await Grain("a").Rest();
    }

    [Theory]
    [InlineData("a")]
    [InlineData("duid:4b0c/ü+x")]
    public async Task Grain_ReadsItsKey_AsTheCallerGaveIt(string key) => (await Grain(key).Key()).ShouldBe(key);

    [Fact]
    public async Task Grain_CallsAnotherGrain_GetsItsAnswer() => (await Grain("a").AskOther("b")).ShouldBe("b");

    [Fact]
    public async Task Calls_ManyAtOnce_RunOneAtATimeInOneActivation()
    {
        var grain = Grain("counter");
        var counts = await Task.WhenAll(Enumerable.Range(0, 500).Select(_ => Task.Run(() => grain.Count())));
        counts.Order().ShouldBe(Enumerable.Range(1, 500));
    }

    [Fact]
    public async Task Calls_ToManyGrains_EachHasItsOwnMemory()
    {
        var counts = await Task.WhenAll(Enumerable.Range(0, 200).Select(i => Grain($"g{i}").Count()));
        counts.ShouldAllBe(count => count == 1);
    }

    [Fact]
    public async Task Call_WhenGrainThrows_CallerGetsTypeMessageAndStack()
    {
        var thrown = await Should.ThrowAsync<NotSupportedException>(() => Grain("a").Fail("no"));
        thrown.Message.ShouldBe("no");
        thrown.StackTrace!.ShouldContain(nameof(CallGrain));
    }

    [Fact]
    public async Task Call_WhenGrainThrowsAfterAwait_CallerGetsTypeMessageAndStack()
    {
        var thrown = await Should.ThrowAsync<NotSupportedException>(() => Grain("a").FailLater("later"));
        thrown.Message.ShouldBe("later");
        thrown.StackTrace!.ShouldContain(nameof(CallGrain));
    }

    [Fact]
    public async Task Call_AfterAnotherFailed_FindsTheSameActivation()
    {
        var grain = Grain("a");
        await grain.Count();
        await Should.ThrowAsync<NotSupportedException>(() => grain.Fail("no"));
        (await grain.Count()).ShouldBe(2);
    }

    [Fact]
    public async Task Call_WhenItsTokenIsCancelled_EndsTheCallersWait()
    {
        using var cancel = new CancellationTokenSource();
        var call = Grain("a").WaitFor("never", cancel.Token);
        await _journal.Until("waiting for never");
        await cancel.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => call);
    }

    [Fact]
    public async Task OneWayCall_WhenGrainThrows_CallerSeesNothing()
    {
        await Grain("a").Note("noted");
        await _journal.Until("noted");
    }

    [Fact]
    public async Task GrainCode_AfterAwaits_StaysOnItsScheduler() => (await Grain("a").StaysOnScheduler()).ShouldBeTrue();

    [Fact]
    public void References_ToTheSameGrain_AreEqual()
    {
        Grain("a").ShouldBe(Grain("a"));
        Grain("a").ShouldNotBe(Grain("b"));
        Grain("a").GetGrainId().Key.ToString().ShouldBe("a");
    }

    private ICallGrain Grain(string key) => _engine.Grains.GetGrain<ICallGrain>(key);
}
