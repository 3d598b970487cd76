using System.Text.Json.Nodes;
using Snowplow.EndToEnd.Tests.Harness;
using Snowplow.EndToEnd.Tests.Recount;
using Xunit.Abstractions;

namespace Snowplow.EndToEnd.Tests.Crash;

/// <summary>Live profiles and interventions of the real executable, which is killed over and over under load.</summary>
public sealed class ProfileCrashTests(ITestOutputHelper log) : IDisposable
{
    private const int EventsPerSecond = 200;
    private const int Rounds = 8;

    // Its condition stays true, so each visitor of enough events brings it once, whichever event it is.
    private const int Keen = 5;

    private static readonly string Rules = $$"""
        {
          "version": 1,
          "attribute_groups": [
            {
              "name": "visitor", "version": 1, "key": "user",
              "attributes": [
                { "name": "events", "aggregation": "counter" },
                { "name": "names", "aggregation": "category_count", "property": "event_name" },
                { "name": "recent", "aggregation": "counter", "period": 31536000 }
              ]
            }
          ],
          "interventions": [{ "name": "keen", "version": 1, "group": "visitor", "when": { "attribute": "events", "at_least": {{Keen}} } }]
        }
        """;

    private readonly DataFolder _data = new();
    private readonly DataFolder _config = new();
    private readonly Uri _url = SnowplowProcess.FreeAddress();

    /// <inheritdoc/>
    public void Dispose()
    {
        _data.Dispose();
        _config.Dispose();
    }

    [Fact]
    public async Task Profiles_WhenTheServerIsKilledUnderLoad_AreWhatHasLanded_AndEachInterventionIsTold()
    {
        var rules = Path.Combine(Directory.CreateDirectory(_config.Path).FullName, "rules.json");
        await File.WriteAllTextAsync(rules, Rules);
        await using var webhook = await BusyWebhook.StartAsync();
        var settings = new Settings { ModelRules = rules, Webhook = webhook.Url, CheckpointInterval = TimeSpan.FromMilliseconds(200) };
        var moments = new Random(CrashPlan.Seed);
        await using var load = new Load(_url, CrashPlan.Seed, EventsPerSecond, TimeSpan.FromMinutes(10));
        for (var round = 0; round < Rounds; round++)
        {
            await using var killed = await SnowplowProcess.StartAsync(_data, _url, settings);
            await Task.Delay(moments.Next(2000));
            await killed.KillAsync();
        }

        await using var last = await SnowplowProcess.StartAsync(_data, _url, settings);
        await last.ShouldLandAsync(await load.StopAsync());
        var visitors = _data.EnrichedEvents().ToLookup(EventIdentity.UserKey).Where(visitor => visitor.Key is not null).ToDictionary(visitor => visitor.Key!, visitor => visitor.ToArray());
        foreach (var (key, events) in visitors)
        {
            var counted = new JsonObject(events.GroupBy(e => e["event_name"]).OrderBy(name => name.Key, StringComparer.Ordinal).Select(name => KeyValuePair.Create(name.Key, (JsonNode?)name.Count())));
            var wanted = new JsonObject { ["events"] = events.Length, ["names"] = counted, ["recent"] = events.Length }.ToJsonString();
            await last.LiveAsync($"api/profiles/visitor/{Uri.EscapeDataString(key)}", profile =>
                profile["attributes"]!.ToJsonString() == wanted ? null : $"not {wanted}");
        }

        string[] keen = [.. visitors.Where(visitor => visitor.Value.Length >= Keen).Select(visitor => visitor.Key).Order(StringComparer.Ordinal)];
        await Eventually.HappensAsync(
            "the webhook has all interventions",
            () => Task.FromResult(webhook.Taken.Select(told => told.Key).Distinct().Order(StringComparer.Ordinal).SequenceEqual(keen) ? webhook : null),
            () => $"It has {webhook.Taken.Count} of {keen.Length}.");
        webhook.Taken.Distinct().Count().ShouldBe(keen.Length, "a visitor brought several");
        log.WriteLine($"{visitors.Count} visitors, {keen.Length} interventions, {webhook.Taken.Count - keen.Length} of them told again");
        keen.Length.ShouldBeGreaterThan(10, "there was hardly any load");
        await last.StopAsync();
    }
}
