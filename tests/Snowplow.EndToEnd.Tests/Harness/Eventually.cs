using System.Diagnostics;

namespace Snowplow.EndToEnd.Tests.Harness;

/// <summary>Waits for what another process does.</summary>
internal static class Eventually
{
    /// <summary>How long anything that should happen within a second or two may take on a busy machine.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>Asks again and again until there is an answer.</summary>
    /// <param name="what">What should happen, for the message when it does not.</param>
    /// <param name="ask">Gives the answer, or null as long as there is none.</param>
    /// <param name="explain">What there was instead.</param>
    /// <param name="within">How long to wait; <see cref="Patience"/> unless told.</param>
    /// <exception cref="TimeoutException">It did not happen.</exception>
    public static async Task<T> HappensAsync<T>(string what, Func<Task<T?>> ask, Func<string> explain, TimeSpan? within = null)
        where T : class
    {
        var since = Stopwatch.StartNew();
        while (true)
        {
            // Whether time is up is decided before asking, so that the last answer is no older than the deadline.
            var isLast = since.Elapsed > (within ?? Patience);
            if (await ask() is { } answer) return answer;
            if (isLast) throw new TimeoutException($"Did not happen within {within ?? Patience}: {what}.\n{explain()}");
            await Task.Delay(Pause);
        }
    }
}
