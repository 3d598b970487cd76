using Microsoft.Extensions.Logging.Abstractions;
using Snowplow.Silo.Api;

namespace Snowplow.Silo.Tests.Api;

public sealed class FeedSubscriptionTests
{
    [Fact]
    public async Task Subscription_WhoseKeeperDoesNotAnswer_IsTriedAgainUntilItIs()
    {
        using var stop = new CancellationTokenSource();
        var (attempts, subscribed, unsubscribed) = (new List<bool>(), new TaskCompletionSource(), false);
        var following = FeedSubscription.KeepAsync(
            isAgain =>
            {
                attempts.Add(isAgain);
                if (attempts.Count <= 2) throw new TimeoutException("Response did not arrive on time.");
                subscribed.SetResult();
                return Task.FromResult<Func<Task>>(() =>
                {
                    unsubscribed = true;
                    return Task.CompletedTask;
                });
            },
            new NoTime(), NullLogger.Instance, stop.Token);

        await subscribed.Task.WaitAsync(TimeSpan.FromSeconds(30));
        following.IsCompleted.ShouldBeFalse();
        unsubscribed.ShouldBeFalse();
        await stop.CancelAsync();
        await following.WaitAsync(TimeSpan.FromSeconds(30));

        attempts.ShouldBe([false, true, true]);
        unsubscribed.ShouldBeTrue();
    }

    [Fact]
    public async Task Stop_DoesNotWaitForAKeeperThatDoesNotAnswer()
    {
        using var stop = new CancellationTokenSource();
        var following = FeedSubscription.KeepAsync(_ => new TaskCompletionSource<Func<Task>>().Task, TimeProvider.System, NullLogger.Instance, stop.Token);

        await stop.CancelAsync();

        await following.WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task Stop_BearsAKeeperThatIsGone()
    {
        using var stop = new CancellationTokenSource();
        var following = FeedSubscription.KeepAsync(
            _ => Task.FromResult<Func<Task>>(() => throw new TimeoutException("Response did not arrive on time.")), TimeProvider.System, NullLogger.Instance, stop.Token);

        await stop.CancelAsync();

        await following.WaitAsync(TimeSpan.FromSeconds(30));
    }

    // Pauses are over at once.
    private sealed class NoTime : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            base.CreateTimer(callback, state, dueTime == Timeout.InfiniteTimeSpan ? dueTime : TimeSpan.Zero, period);
    }
}
