using Snowplow.Enrich.Enrichments.Configuration;
using Snowplow.Events.Enriched;

namespace Snowplow.Enrich.Enrichments;

/// <summary>
/// Sums up what others found out about bots, in an entity <c>bot_detection</c> that every event gets: whether one of them calls the
/// visitor a bot, and which.
/// </summary>
/// <param name="indicators">The indicators that count.</param>
internal sealed class BotDetection(BotIndicator[] indicators) : IEnrichment
{
    /// <summary>Reads <c>bot_detection_enrichment_config</c>.</summary>
    public static Func<IEnrichmentStep> Read(EnrichmentConfig config)
    {
        BotIndicator[] indicators =
            [.. BotIndicator.All.Where(indicator => config.Parameters.TryGetProperty(indicator.Switch, out var use) && use.GetBoolean())];
        return () => new BotDetection(indicators);
    }

    /// <inheritdoc/>
    public void Enrich(EventInProgress e)
    {
        // A bit for each indicator; all must be found before the writing of the entity begins.
        var found = 0;
        for (var i = 0; i < indicators.Length; i++)
        {
            if (IsFound(e, indicators[i])) found |= 1 << i;
        }

        var json = e.DerivedContexts.Begin("iglu:com.snowplowanalytics.snowplow/bot_detection/jsonschema/1-0-1"u8);
        json.WriteStartObject();
        json.WriteBoolean("bot"u8, found != 0);
        json.WriteStartArray("indicators"u8);
        for (var i = 0; i < indicators.Length; i++)
        {
            if ((found & (1 << i)) != 0) json.WriteStringValue(indicators[i].Name);
        }

        json.WriteEndArray();
        json.WriteEndObject();
        e.DerivedContexts.End();
    }

    private static bool IsFound(EventInProgress e, BotIndicator indicator)
    {
        var derived = e.DerivedContexts;
        for (var i = 0; i < derived.Count; i++)
        {
            if (indicator.Type.Matches(derived.Schema(i)) && indicator.IsBot(new Entity(derived.Schema(i), derived.Data(i).Span))) return true;
        }

        // What only an enrichment may say is not believed of a tracker.
        if (!indicator.TrackersMaySay) return false;
        var sent = new EntityReader(e.Fields[EventField.Contexts]);
        while (sent.MoveNext())
        {
            if (sent.Current.Is(indicator.Type) && indicator.IsBot(sent.Current)) return true;
        }

        return false;
    }
}
