using System.Text.Json;
using Snowplow.Enrich.Enrichments.Configuration;
using Snowplow.Enrich.Enrichments.Inputs;
using Snowplow.Enrich.Entities;
using Snowplow.Events.Enriched;
using Snowplow.Events.Iglu;

namespace Snowplow.Enrich.Enrichments.Pii;

/// <summary>
/// Replaces personal data by pseudonyms (<c>pii_enrichment_config</c>): whole fields, and strings in the event's JSON. Runs behind
/// all that reads or writes them. As in Snowplow, pseudonyms are not held to the schemas of what they stand in: what the tracker sent
/// was before, and what enrichments added is when this step begins.
/// </summary>
internal sealed class PiiPseudonymisation : IEnrichmentStep
{
    private readonly Pseudonyms _pseudonyms;
    private readonly IReadOnlyList<EventField> _fields;
    private readonly ILookup<EventField, JsonPlace> _places;
    private readonly bool _isForAnonymousOnly;
    private readonly DerivedContextsCheck _check;

    private PiiPseudonymisation(
        Pseudonyms pseudonyms, IReadOnlyList<EventField> fields, IEnumerable<JsonPlace> places, bool isForAnonymousOnly, DerivedContextsCheck check)
    {
        _check = check;
        _pseudonyms = pseudonyms;
        _fields = fields;
        _places = places.ToLookup(place => place.Field);
        _isForAnonymousOnly = isForAnonymousOnly;
    }

    /// <summary>
    /// Reads <c>pii_enrichment_config</c>. 1-0-0 knows no salt. <c>emitEvent</c> means nothing: Snowplow's stream of originals is no more.
    /// </summary>
    public static Func<IEnrichmentStep>? Read(EnrichmentConfig config, EnrichmentEnvironment environment)
    {
        var (fields, places) = (new List<EventField>(), new List<JsonPlace>());
        var isRefused = false;
        foreach (var (index, target) in config.Parameters.GetProperty("pii").EnumerateArray().Index())
        {
            if (target.TryGetProperty("json", out var json))
            {
                if (JsonPlace.Read(config, $"pii[{index}].json", json) is { } place) places.Add(place);
                else isRefused = true;
            }
            else if (EventFields.TryParse(target.GetProperty("pojo").GetProperty("field").GetString()!, out var field))
            {
                fields.Add(field);
            }
        }

        var strategy = config.Parameters.GetProperty("strategy").GetProperty("pseudonymize");
        var hash = Pseudonyms.HashNamed(strategy.GetProperty("hashFunction").GetString()!)!;
        var pseudonyms = new Pseudonyms(hash, strategy.TryGetProperty("salt", out var salt) ? salt.GetString()! : "");
        var isForAnonymousOnly = config.Data.TryGetProperty("anonymousOnly", out var flag) && flag.ValueKind == JsonValueKind.True;
        var check = new DerivedContextsCheck(environment.Validator);
        return isRefused ? null : () => new PiiPseudonymisation(pseudonyms, fields, places, isForAnonymousOnly, check);
    }

    /// <inheritdoc/>
    public async ValueTask EnrichAsync(EventInProgress e, CancellationToken cancellationToken)
    {
        if (_isForAnonymousOnly && !IsAnonymous(e)) return;
        if (_places.Contains(EventField.DerivedContexts)) await _check.CheckAsync(e, cancellationToken);
        Pseudonymise(e);
    }

    private void Pseudonymise(EventInProgress e)
    {
        foreach (var field in _fields)
        {
            var text = e.Fields[field];
            if (!text.IsEmpty) e.Fields.SetClean(field, _pseudonyms.Of(text));
        }

        foreach (var places in _places)
        {
            if (places.Key == EventField.DerivedContexts) PseudonymiseDerived(e, places);
            else PseudonymiseColumn(e, places.Key, places);
        }
    }

    private static bool IsAnonymous(EventInProgress e) =>
        e.Request.Headers?.Any(header => header.StartsWith("sp-anonymous", StringComparison.OrdinalIgnoreCase)) == true;

    private void PseudonymiseColumn(EventInProgress e, EventField column, IEnumerable<JsonPlace> places)
    {
        if (e.Fields[column].IsEmpty) return;
        var json = e.Fields[column].ToArray();
        using var document = EventJson.Parse(json);
        var entities = document.RootElement.GetProperty("data");
        var targets = new List<JsonElement>();
        foreach (var place in places)
        {
            foreach (var data in EventJson.DataOf(entities, place.Criterion)) place.Path.Select(data, targets);
        }

        if (JsonStrings.Replace(json, targets, _pseudonyms) is { } replaced) e.Fields.SetClean(column, replaced);
    }

    private void PseudonymiseDerived(EventInProgress e, IGrouping<EventField, JsonPlace> places)
    {
        for (var i = 0; i < e.DerivedContexts.Count; i++)
        {
            if (!SchemaKey.TryParse(e.DerivedContexts.Schema(i), out var key)) continue;
            var json = e.DerivedContexts.Data(i).ToArray();
            using var document = EventJson.Parse(json);
            var targets = new List<JsonElement>();
            foreach (var place in places.Where(place => place.Criterion.Matches(key))) place.Path.Select(document.RootElement, targets);
            if (JsonStrings.Replace(json, targets, _pseudonyms) is { } replaced) e.DerivedContexts.Replace(i, replaced);
        }
    }
}
