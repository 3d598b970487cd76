using System.Text;
using System.Text.Json;
using Snowplow.Enrich.Enrichments.Configuration;
using Snowplow.Enrich.Uris;
using Snowplow.Events.Enriched;

namespace Snowplow.Enrich.Enrichments;

/// <summary>Fills <c>mkt_*</c> from the query string of the page's URL, by <see cref="CampaignOptions"/>.</summary>
internal sealed class CampaignAttribution : IEnrichment
{
    private const int Absent = int.MaxValue;

    private readonly Source[] _sources;
    private readonly byte[] _name;

    // For each of the six fields, the place of the best source that the current URL has.
    private readonly int[] _best = new int[(int)EventField.MktCampaign - (int)EventField.MktMedium + 2];
    private byte[] _value = new byte[256];

    /// <summary>Prepares the lists of parameters.</summary>
    public CampaignAttribution(CampaignOptions options)
    {
        _sources =
        [
            .. Sources(EventField.MktMedium, options.Medium),
            .. Sources(EventField.MktSource, options.Source),
            .. Sources(EventField.MktTerm, options.Term),
            .. Sources(EventField.MktContent, options.Content),
            .. Sources(EventField.MktCampaign, options.Campaign),
            .. options.ClickId.Select((pair, rank) => new Source(EventField.MktClickid, rank, Utf8(pair.Key), Utf8(pair.Value))),
        ];
        // An encoded name is up to three times as long as the name.
        _name = new byte[_sources.Select(source => source.Name.Length).DefaultIfEmpty().Max() * 3];
    }

    /// <summary>Reads <c>campaign_attribution</c>: its static mapping; click ids come on top of the known ones.</summary>
    public static Func<IEnrichmentStep>? Read(EnrichmentConfig config)
    {
        if (config.Parameters.TryGetProperty("mapping", out var mapping) && mapping.GetString() == "script")
        {
            config.Refuse("mapping", "must be 'static': Snowplow has never run scripts here");
            return null;
        }

        var fields = config.Parameters.GetProperty("fields");
        var options = new CampaignOptions
        {
            Medium = Names(fields, "mktMedium"),
            Source = Names(fields, "mktSource"),
            Term = Names(fields, "mktTerm"),
            Content = Names(fields, "mktContent"),
            Campaign = Names(fields, "mktCampaign"),
            ClickId = fields.TryGetProperty("mktClickId", out var clickIds)
                ? [.. clickIds.EnumerateObject().Select(p => KeyValuePair.Create(p.Name, p.Value.GetString()!)).UnionBy(CampaignOptions.Default.ClickId, p => p.Key)]
                : CampaignOptions.Default.ClickId,
        };
        return () => new CampaignAttribution(options);
    }

    /// <summary>The usual parameters of campaign tools.</summary>
    public static IEnrichmentStep Default() => new CampaignAttribution(CampaignOptions.Default);

    /// <inheritdoc/>
    public void Enrich(EventInProgress e)
    {
        var query = e.Fields[EventField.PageUrlquery];
        if (query.IsEmpty) return;
        Array.Fill(_best, Absent);
        var pairs = new FormPairs(query);
        while (pairs.MoveNext())
        {
            if (pairs.Name.Length > _name.Length) continue;
            var name = _name.AsSpan(0, FormEncoding.Decode(pairs.Name, _name));
            foreach (var source in _sources)
            {
                if (name.SequenceEqual(source.Name)) Take(e, source, pairs.Value);
            }
        }
    }

    private void Take(EventInProgress e, Source source, ReadOnlySpan<byte> encoded)
    {
        ref var best = ref _best[source.Field == EventField.MktClickid ? ^1 : source.Field - EventField.MktMedium];
        if (source.Rank >= best) return;
        best = source.Rank;
        if (_value.Length < encoded.Length) _value = new byte[encoded.Length];
        e.Fields.SetText(source.Field, _value.AsSpan(0, FormEncoding.Decode(encoded, _value)));
        if (source.Network is not null) e.Fields.SetText(EventField.MktNetwork, source.Network);
    }

    private static IEnumerable<Source> Sources(EventField field, IReadOnlyList<string> names) =>
        names.Select((name, rank) => new Source(field, rank, Utf8(name), null));

    private static string[] Names(JsonElement fields, string name) =>
        fields.TryGetProperty(name, out var names) ? [.. names.EnumerateArray().Select(item => item.GetString()!)] : [];

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    // A query parameter, the field it fills and its rank among those of this field, 0 being the best.
    private sealed record Source(EventField Field, int Rank, byte[] Name, byte[]? Network);
}
