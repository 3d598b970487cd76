using System.Text.Json.Nodes;
using Snowplow.EndToEnd.Tests.Enriched;
using Snowplow.EndToEnd.Tests.Harness;
using Snowplow.EndToEnd.Tests.Recount;

namespace Snowplow.EndToEnd.Tests.Trackers;

/// <summary>What the live API must show of events that have landed.</summary>
internal static class LiveApi
{
    /// <summary>
    /// Waits until <c>/api/sessions/{id}</c> and <c>/api/users/{id}</c> say of the events' sessions and users what a recount says,
    /// asked for by the ids that the tracker sent.
    /// </summary>
    /// <param name="snowplow">The running product.</param>
    /// <param name="which">Events whose users and sessions have no others.</param>
    public static async Task ShouldShowAsync(this SnowplowProcess snowplow, Func<TsvEvent, bool> which)
    {
        var recounted = Recounted.Of([.. snowplow.Data.EnrichedEvents().Where(which)]);
        foreach (var id in recounted.Sessions.Keys) await ShowsAsync($"api/sessions/{Uri.EscapeDataString(id)}", now => now.Sessions[id]);
        foreach (var key in recounted.Users.Keys) await ShowsAsync($"api/users/{Uri.EscapeDataString(key[2..])}", now => now.Users[key]);

        // Recounted each time: a browser that has gone may have left a last ping on its way.
        Task ShowsAsync(string path, Func<Recounted, JsonObject> counted) => snowplow.LiveAsync(
            path,
            live => Recounted.Differences(counted(Recounted.Of([.. snowplow.Data.EnrichedEvents().Where(which)])), live).FirstOrDefault());
    }
}
