namespace Snowplow.Grains.Tests.Pipeline;

/// <summary>Waits for what other threads bring about.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <summary>Waits until the condition holds.</summary>
    /// <param name="what">The condition in words, for the failure.</param>
    /// <param name="condition">Asked again and again; that it throws means not yet.</param>
    public static async Task HoldsAsync(string what, Func<Task<bool>> condition)
    {
        var start = TimeProvider.System.GetTimestamp();
        Exception? last = null;
        while (TimeProvider.System.GetElapsedTime(start) < Limit)
        {
            try
            {
                if (await condition()) return;
            }
            catch (Exception failure)
            {
                last = failure;
            }

            await Task.Delay(Pause);
        }

        throw new TimeoutException($"Not within {Limit}: {what}.", last);
    }
}
