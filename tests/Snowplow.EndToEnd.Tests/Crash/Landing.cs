using Snowplow.EndToEnd.Tests.Harness;

namespace Snowplow.EndToEnd.Tests.Crash;

/// <summary>Waits for the outcomes of events.</summary>
internal static class Landing
{
    // A registry that hangs may hold up a partition for a while, over and over.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>Waits until each event is in the enriched or bad files.</summary>
    /// <param name="snowplow">The running product.</param>
    /// <param name="ids">The events.</param>
    public static async Task ShouldLandAsync(this SnowplowProcess snowplow, IReadOnlyCollection<string> ids)
    {
        IReadOnlyList<string> missing = [];
        await Eventually.HappensAsync(
            "every acknowledged event has landed",
            () =>
            {
                var outcomes = Outcomes.Of(snowplow.Data);
                missing = outcomes.Lost(ids);
                return Task.FromResult(missing.Count == 0 ? outcomes : null);
            },
            () => $"{missing.Count} of {ids.Count} are missing, such as {string.Join(", ", missing.Take(5))}\n"
                + $"{snowplow.Data.DescribeBadRows()}\nOutput:\n{snowplow.Output}",
            Patience);
    }
}
