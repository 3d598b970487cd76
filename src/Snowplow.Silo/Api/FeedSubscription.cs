using Orleans.Streams;

namespace Snowplow.Silo.Api;

/// <summary>
/// Takes part in a stream of the live feed for as long as the server runs. In a cluster the subscription is with the silo that keeps the
/// stream's subscribers: one that stands still, or has just been lost, must not end the others.
/// </summary>
internal static class FeedSubscription
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    // A silo that does not answer removes by itself who is gone.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>Shows what comes, until the server stops.</summary>
    public static Task FollowAsync<T>(this IAsyncStream<T> feed, Func<T, Task> show, TimeProvider clock, ILogger logger, CancellationToken stop)
    {
        return KeepAsync(SubscribeAsync, clock, logger, stop);

        async Task<Func<Task>> SubscribeAsync(bool isAgain)
        {
            // An attempt whose answer was lost may have subscribed after all.
            if (isAgain)
                foreach (var left in await feed.GetAllSubscriptionHandles()) await left.UnsubscribeAsync();
            var subscription = await feed.SubscribeAsync((item, _) => show(item));
            return subscription.UnsubscribeAsync;
        }
    }

    /// <summary>Subscribes, again and again until it succeeds, and unsubscribes when the server stops.</summary>
    /// <param name="subscribe">Subscribes and gives what unsubscribes; told whether it is not the first attempt.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="logger">Told of failures.</param>
    /// <param name="stop">The server stops.</param>
    internal static async Task KeepAsync(Func<bool, Task<Func<Task>>> subscribe, TimeProvider clock, ILogger logger, CancellationToken stop)
    {
        try
        {
            var unsubscribe = await SubscribeAsync(subscribe, clock, logger, stop);
            await Task.Delay(Timeout.Infinite, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await unsubscribe().WaitAsync(Patience, clock, CancellationToken.None);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The host stops before there was anything to follow.
        }
        catch (Exception failure)
        {
            logger.LogDebug(failure, "A subscription of the live feed could not be ended");
        }
    }

    private static async Task<Func<Task>> SubscribeAsync(Func<bool, Task<Func<Task>>> subscribe, TimeProvider clock, ILogger logger, CancellationToken stop)
    {
        for (var isAgain = false; ; isAgain = true)
        {
            try
            {
                return await subscribe(isAgain).WaitAsync(stop);
            }
            catch (Exception failure) when (!stop.IsCancellationRequested)
            {
                logger.LogWarning(failure, "The live feed cannot be subscribed to; tried again in {Pause}", Pause);
            }

            await Task.Delay(Pause, clock, stop);
        }
    }
}
