using Snowplow.Enrich.Enrichments.Answers;
using Snowplow.Enrich.Tests.Iglu;
using Snowplow.Events.Iglu;

namespace Snowplow.Enrich.Tests.Enrichments.Answers;

public sealed class AnswerCacheTests
{
    private readonly ManualTime _time = new();
    private int _asked;

    [Fact]
    public async Task Answer_ThatIsGood_HoldsForItsTime()
    {
        var cache = new AnswerCache(2, TimeSpan.FromSeconds(10), _time);
        await CheckAsync(cache, "a", Good(1), "1", 1);
        _time.Advance(TimeSpan.FromSeconds(9));
        await CheckAsync(cache, "a", Good(2), "1", 1);
        _time.Advance(TimeSpan.FromSeconds(1));
        await CheckAsync(cache, "a", Good(2), "2", 2);
    }

    [Fact]
    public async Task Answer_ThatIsAFailure_HoldsForATenth()
    {
        var cache = new AnswerCache(2, TimeSpan.FromSeconds(10), _time);
        await CheckAsync(cache, "a", Answer.Failed("x"), "x", 1);
        await CheckAsync(cache, "a", Good(1), "x", 1);
        _time.Advance(TimeSpan.FromSeconds(1));
        await CheckAsync(cache, "a", Good(1), "1", 2);
    }

    [Fact]
    public async Task Answer_ThatCannotBeRenewed_IsServedOn()
    {
        var cache = new AnswerCache(2, TimeSpan.FromSeconds(10), _time);
        await CheckAsync(cache, "a", Good(1), "1", 1);
        _time.Advance(TimeSpan.FromSeconds(11));
        await CheckAsync(cache, "a", Answer.Failed("x"), "1", 2);
        await CheckAsync(cache, "a", Answer.Failed("x"), "1", 2);
        _time.Advance(TimeSpan.FromSeconds(1));
        await CheckAsync(cache, "a", Answer.Failed("y"), "1", 3);
        _time.Advance(TimeSpan.FromSeconds(1));
        await CheckAsync(cache, "a", Good(2), "2", 4);
    }

    [Fact]
    public async Task Cache_ThatIsFull_ForgetsWhatWasUsedLongestAgo()
    {
        var cache = new AnswerCache(2, TimeSpan.FromSeconds(10), _time);
        await CheckAsync(cache, "a", Good(1), "1", 1);
        await CheckAsync(cache, "b", Good(2), "2", 2);
        await CheckAsync(cache, "a", Good(9), "1", 2);
        await CheckAsync(cache, "c", Good(3), "3", 3);
        await CheckAsync(cache, "a", Good(9), "1", 3);
        await CheckAsync(cache, "b", Good(4), "4", 4);
    }

    [Fact]
    public async Task Cache_OfSizeZero_RemembersNothing()
    {
        var cache = new AnswerCache(0, TimeSpan.FromSeconds(10), _time);
        await CheckAsync(cache, "a", Good(1), "1", 1);
        await CheckAsync(cache, "a", Good(2), "2", 2);
    }

    [Fact]
    public async Task Question_AskedBySeveralAtOnce_IsAskedOnce()
    {
        var cache = new AnswerCache(2, TimeSpan.FromSeconds(10), _time);
        var source = new TaskCompletionSource<Answer>();
        using var hurry = new CancellationTokenSource();
        var first = cache.GetAsync("a", Ask, hurry.Token);
        var second = cache.GetAsync("a", Ask, CancellationToken.None);
        await hurry.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(first);
        source.SetResult(Good(1));
        (await second).Failure.ShouldBeNull();
        _asked.ShouldBe(1);

        Task<Answer> Ask()
        {
            _asked++;
            return source.Task;
        }
    }

    private async Task CheckAsync(AnswerCache cache, string question, Answer next, string expected, int asked)
    {
        var answer = await cache.GetAsync(
            question,
            () =>
            {
                _asked++;
                return Task.FromResult(next);
            },
            CancellationToken.None);
        (answer.Failure ?? System.Text.Encoding.UTF8.GetString(answer.Entities[0].Data)).ShouldBe(expected);
        _asked.ShouldBe(asked);
    }

    private static Answer Good(int n) => new([new AnsweredEntity(SchemaKey.Parse("iglu:com.acme/reply/jsonschema/1-0-0"), [(byte)('0' + n)])], null);
}
