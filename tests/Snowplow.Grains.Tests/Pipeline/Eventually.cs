namespace Snowplow.Grains.Tests.Pipeline;

/// <summary>Waits for what other threads bring about.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    /// <summary>Waits until the condition holds.</summary>
    /// <param name="what">The condition in words, for the failure.</param>
    /// <param name="condition">Asked again and again; its exceptions are failures only at the end.</param>
    public static async Task HoldsAsync(string what, Func<Task<bool>> condition)
    {
        var start = TimeProvider.System.GetTimestamp();
        while (true)
        {
            try
            {
                if (await condition()) return;
                if (TimeProvider.System.GetElapsedTime(start) > Limit) throw new TimeoutException($"Not within {Limit}: {what}.");
            }
            catch (Exception failure) when (failure is not TimeoutException || TimeProvider.System.GetElapsedTime(start) <= Limit)
            {
                if (TimeProvider.System.GetElapsedTime(start) > Limit) throw new TimeoutException($"Not within {Limit}: {what}.", failure);
            }

            await Task.Delay(20);
        }
    }
}
