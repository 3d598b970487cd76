using System.Text;
using Snowplow.Enrich.Assets;
using Snowplow.Enrich.Enrichments.Configuration;
using Snowplow.Events.Enriched;

namespace Snowplow.Enrich.Enrichments.Iab;

/// <summary>
/// Says by the lists of IAB and ABC, which the user must have bought, whether a visitor is a spider or robot: an entity
/// <c>spiders_and_robots</c> for every event with a user agent.
/// </summary>
/// <param name="lists">The lists.</param>
internal sealed class IabSpidersAndRobots(IabLists lists) : IEnrichment
{
    private char[] _userAgent = new char[1024];

    /// <summary>Reads <c>iab_spiders_and_robots_enrichment</c>.</summary>
    public static Func<IEnrichmentStep>? Read(EnrichmentConfig config, EnrichmentEnvironment environment)
    {
        var addresses = Load("ipFile", IabAddresses.Read);
        var robots = Load("excludeUseragentFile", IabUserAgents.ReadRobots);
        var browsers = Load("includeUseragentFile", IabUserAgents.ReadBrowsers);
        if (addresses is null || robots is null || browsers is null) return null;
        var lists = new IabLists(Own("includeUseragents"), Own("excludeUseragents"), addresses, browsers, robots);
        return () => new IabSpidersAndRobots(lists);

        Asset<T>? Load<T>(string field, Func<string, T> read)
            where T : class
        {
            try
            {
                var file = config.Parameters.GetProperty(field);
                var location = AssetStore.Location(file.GetProperty("uri").GetString()!, file.GetProperty("database").GetString()!);
                return environment.Assets.Load(location, Path.GetDirectoryName(config.File) ?? "", read);
            }
            catch (AssetException e)
            {
                config.Refuse(field, e.Message);
                return null;
            }
        }

        IabUserAgents Own(string field) => IabUserAgents.Of(
            config.Parameters.TryGetProperty(field, out var patterns) ? patterns.EnumerateArray().Select(item => item.GetString()!) : []);
    }

    /// <inheritdoc/>
    public void Enrich(EventInProgress e)
    {
        var utf8 = e.Fields[EventField.Useragent];
        if (utf8.Trim((byte)' ').IsEmpty) return;
        if (_userAgent.Length < utf8.Length) _userAgent = new char[utf8.Length];
        var userAgent = _userAgent.AsSpan(0, Encoding.UTF8.GetChars(utf8, _userAgent));
        var verdict = lists.Judge(userAgent, e.Fields[EventField.UserIpaddress], e.Fields[EventField.DerivedTstamp]);

        var json = e.DerivedContexts.Begin("iglu:com.iab.snowplow/spiders_and_robots/jsonschema/1-0-0"u8);
        json.WriteStartObject();
        json.WriteBoolean("spiderOrRobot"u8, verdict.IsRobot);
        json.WriteString("category"u8, verdict.Category);
        json.WriteString("reason"u8, verdict.Reason);
        json.WriteString("primaryImpact"u8, verdict.Impact);
        json.WriteEndObject();
        e.DerivedContexts.End();
    }
}
