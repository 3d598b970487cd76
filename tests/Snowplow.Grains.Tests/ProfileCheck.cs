using System.Text;
using Snowplow.Events.Enriched;
using Snowplow.Grains.Profiles;
using Snowplow.Model.Forgetting;
using Snowplow.Model.Profiles;
using Snowplow.Model.Rules;
using Snowplow.Storage.Blobs;
using Snowplow.Storage.Landing;

namespace Snowplow.Grains.Tests;

/// <summary>Compares the profiles that grains have with a plain fold over what has landed.</summary>
internal static class ProfileCheck
{
    /// <summary>The default rules, two identifiers and two groups, of the user's key and of the login; without a time to live, which goes by the order of arrival.</summary>
    public static readonly ModelRules Rules = Parse("{}");

    /// <summary>The same, with sessions cut by campaign and length.</summary>
    public static readonly ModelRules WithMovingCuts = Parse("""{"new_campaign":true,"max_length":2400}""");

    private static ModelRules Parse(string sessions) => ModelRules.Parse(Encoding.UTF8.GetBytes($$"""
        {
          "version": 1,
          "sessions": {{sessions}},
          "identifiers": [{ "name": "login", "field": "user_id" }, { "name": "print", "field": "user_fingerprint", "unique": false }],
          "attribute_groups": [
            {
              "name": "visitor", "version": 1, "key": "user",
              "attributes": [
                { "name": "events", "aggregation": "counter" },
                { "name": "views", "aggregation": "counter", "when": { "field": "event_name", "equals": "page_view" } },
                { "name": "recent", "aggregation": "counter", "period": 7200 },
                { "name": "pages", "aggregation": "category_count", "property": "page_urlpath", "period": 7200 },
                { "name": "last_page", "aggregation": "last", "property": "page_url" },
                { "name": "first_page", "aggregation": "first", "property": "page_url", "period": 3600 },
                { "name": "logins", "aggregation": "unique_list", "property": "user_id" },
                { "name": "sessions", "aggregation": "approx_count_distinct", "property": "domain_sessionid" },
                { "name": "lcp", "aggregation": "mean", "property": "unstruct_event_com_snowplowanalytics_snowplow_web_vitals_1.lcp" }
              ]
            },
            {
              "name": "login", "version": 1, "key": "user_id",
              "attributes": [
                { "name": "pings", "aggregation": "counter", "when": { "field": "event_name", "equals": "page_ping" } },
                { "name": "since", "aggregation": "time_since_first", "when": { "field": "event_name", "equals": "page_ping" } }
              ]
            }
          ],
          "interventions": [
            { "name": "keen", "version": 1, "group": "visitor", "when": { "attribute": "events", "at_least": 3 } }
          ]
        }
        """));

    // After all events, with some of them in each rolling window.
    private static readonly long NowMs = new DateTimeOffset(2026, 1, 1, 10, 45, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();

    /// <summary>All profiles that are not what they should be.</summary>
    public static async Task<IReadOnlyList<string>> FindAsync(IBlobStore blobs, IGrainFactory grains)
    {
        var wrong = new List<string>();
        foreach (var (key, state) in await FoldAsync(blobs))
        {
            foreach (var group in Rules.Profiles.Groups)
            {
                var wanted = Text(state.Read(group.Name, NowMs));
                var found = Text((await grains.GetGrain<IProfileGrain>(key).Find(group.Name, NowMs))?.Utf8);
                if (found != wanted) wrong.Add($"Profile {key} is {found}, wanted {wanted}.");
            }
        }

        return wrong;
    }

    /// <summary>
    /// The profiles whose intervention was not told, told under several ids, or told without reason. Its condition stays true, so each
    /// profile brings it once, in any order of events; which event does depends on their order.
    /// </summary>
    public static async Task<IReadOnlyList<string>> FindUntoldAsync(IBlobStore blobs, IReadOnlyList<Intervention> told)
    {
        var wrong = new List<string>();
        var forgotten = PipelineCheck.ForgottenUntil(await LandedAsync(blobs));
        var ids = told.GroupBy(intervention => intervention.Key).ToDictionary(own => own.Key, own => own.Select(intervention => intervention.Id).Distinct().Count());
        foreach (var (key, events) in await GroupAsync(blobs))
        {
            // A profile that is forgotten may have told before, or never came to it.
            if (!key.StartsWith("user:", StringComparison.Ordinal) || forgotten.ContainsKey(ForgetKey.OfProfile(key))) continue;
            var wanted = events.Count >= 3 ? 1 : 0;
            var found = ids.GetValueOrDefault(key["user:".Length..]);
            if (found != wanted) wrong.Add($"Profile {key} of {events.Count} events brought {found} interventions, wanted {wanted}.");
        }

        return wrong;
    }

    private static async Task<Dictionary<string, ProfileState>> FoldAsync(IBlobStore blobs) =>
        (await GroupAsync(blobs)).ToDictionary(own => own.Key, own =>
        {
            var state = new ProfileState { Key = own.Key };
            state.Use(Rules.Profiles);
            state.Apply("check", 0, 1, own.Value);
            return state;
        });

    private static async Task<Dictionary<string, List<EnrichedEvent>>> GroupAsync(IBlobStore blobs)
    {
        var landed = await LandedAsync(blobs);
        var forgotten = PipelineCheck.ForgottenUntil(landed);
        var events = new Dictionary<string, List<EnrichedEvent>>();
        var keys = new ProfileKeyReader(Rules.Profiles);
        foreach (var e in landed.Where(e => !ForgetEvent.Is(e) && !Rules.IsBot(e)))
        {
            foreach (var key in keys.Read(e))
            {
                if (forgotten.TryGetValue(ForgetKey.OfProfile(key), out var until) && e.Timestamp(EventField.CollectorTstamp) <= until) continue;
                (events.TryGetValue(key, out var own) ? own : events[key] = []).Add(e);
            }
        }

        return events;
    }

    private static async Task<List<EnrichedEvent>> LandedAsync(IBlobStore blobs)
    {
        var events = new List<EnrichedEvent>();
        await foreach (var batch in LandedFiles.ReadAllAsync(blobs, CancellationToken.None))
            events.AddRange(Enumerable.Range(0, batch.Events.Count).Select(i => batch.Events[i]));
        return events;
    }

    private static string Text(byte[]? utf8) => utf8 is null ? "nothing" : Encoding.UTF8.GetString(utf8);
}
