using Orleans.Storage;
using Snowplow.Grains.Partition;

namespace Snowplow.Grains.Tests.Partition;

public sealed class GrainCallsTests
{
    private readonly List<(string Grain, int Answer)> _taken = [];

    [Fact]
    public async Task Calls_OfThousandsOfGrains_AreUnderWayAFewHundredAtATime_AndTakenInTheirOrder()
    {
        var (answers, begun) = (Enumerable.Range(0, 5_000).Select(_ => new TaskCompletionSource<int>()).ToArray(), 0);
        var calls = new GrainCalls<int>((grain, answer) => _taken.Add((grain, answer)));
        var all = AddAllAsync();
        begun.ShouldBeInRange(100, 500);
        for (var i = answers.Length - 1; i >= 0; i--) answers[i].SetResult(i);
        await all;
        _taken.ShouldBe(Enumerable.Range(0, answers.Length).Select(i => ($"{i}", i)));

        async Task AddAllAsync()
        {
            for (; begun < answers.Length;)
            {
                var i = begun++;
                await calls.AddAsync($"{i}", answers[i].Task);
            }

            await calls.EndAsync();
        }
    }

    [Fact]
    public async Task CallThatFails_IsToldOnceAllOthersUnderWayHaveEnded_AndNoneOfThemIsTaken()
    {
        var last = new TaskCompletionSource<int>();
        var calls = new GrainCalls<int>((grain, answer) => _taken.Add((grain, answer)));
        await calls.AddAsync("good", Task.FromResult(1));
        await calls.AddAsync("bad", Task.FromException<int>(new IOException("The disk is full.")));
        await calls.AddAsync("bad too", Task.FromException<int>(new IOException("Still full.")));
        await calls.AddAsync("last", last.Task);
        var end = calls.EndAsync();
        end.IsCompleted.ShouldBeFalse();
        last.SetResult(2);
        (await Should.ThrowAsync<IOException>(end)).Message.ShouldBe("The disk is full.");
        _taken.ShouldBe([("good", 1)]);
    }

    [Fact]
    public async Task Grain_ThatLostItsETag_CountsAsBehind()
    {
        var calls = new GrainCalls<int>((grain, answer) => _taken.Add((grain, answer)));
        await calls.AddAsync("d:ada", Task.FromException<int>(new InconsistentStateException("Another version is stored.", "2", "1")));
        (await Should.ThrowAsync<GrainBehindException>(calls.EndAsync())).Message.ShouldContain("d:ada");
    }
}
