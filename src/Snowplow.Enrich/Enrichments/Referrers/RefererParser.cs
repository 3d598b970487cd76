using System.Text;
using Snowplow.Enrich.Assets;
using Snowplow.Enrich.Enrichments.Configuration;
using Snowplow.Enrich.Uris;
using Snowplow.Events.Enriched;

namespace Snowplow.Enrich.Enrichments.Referrers;

/// <summary>
/// Says what kind of place the referrer is: <c>refr_medium</c>, <c>refr_source</c>, and <c>refr_term</c> where it tells what was
/// searched for. The page's own host and the internal domains are <c>internal</c>; what no database knows is <c>unknown</c>.
/// A referrer that names itself by the page's <c>utm_source</c> becomes an entity <c>utm_referrer</c> beside.
/// </summary>
/// <param name="internalDomains">Further hosts of one's own, in UTF-8.</param>
/// <param name="own">The user's own referrers, which win; null for none.</param>
/// <param name="database">The database.</param>
internal sealed class RefererParser(byte[][] internalDomains, ReferrerDatabase? own, Asset<ReferrerDatabase> database) : IEnrichment
{
    private byte[] _term = new byte[256];
    private byte[] _utmSource = new byte[64];

    /// <summary>What runs without a configuration: the built-in list.</summary>
    public static IEnrichmentStep Default() => new RefererParser([], own: null, new Asset<ReferrerDatabase>(ReferrerDatabase.BuiltIn));

    /// <summary>Reads <c>referer_parser</c>: 1-0-0 stands for the built-in list, 2-0-* name a database, and since 2-0-1 may add referrers.</summary>
    public static Func<IEnrichmentStep>? Read(EnrichmentConfig config, EnrichmentEnvironment environment)
    {
        var parameters = config.Parameters;
        byte[][] domains = [.. parameters.GetProperty("internalDomains").EnumerateArray().Select(item => Encoding.UTF8.GetBytes(item.GetString()!))];
        try
        {
            var own = parameters.TryGetProperty("referrers", out var referrers) ? ReferrerDatabase.Read(referrers) : null;
            var database = parameters.TryGetProperty("database", out var name)
                ? environment.Assets.Load(
                    AssetStore.Location(parameters.GetProperty("uri").GetString()!, name.GetString()!),
                    Path.GetDirectoryName(config.File) ?? "",
                    ReferrerDatabase.Read)
                : new Asset<ReferrerDatabase>(ReferrerDatabase.BuiltIn);
            return () => new RefererParser(domains, own, database);
        }
        catch (AssetException e)
        {
            config.Refuse("database", e.Message);
            return null;
        }
    }

    /// <inheritdoc/>
    public void Enrich(EventInProgress e)
    {
        SetMedium(e.Fields);
        AddUtmReferrer(e);
    }

    private void SetMedium(EnrichedEventBuilder fields)
    {
        var host = fields[EventField.RefrUrlhost];
        if (host.IsEmpty || !IsPage(fields[EventField.RefrUrlscheme])) return;
        if (Ascii.EqualsIgnoreCase(host, fields[EventField.PageUrlhost]) || IsInternal(host))
        {
            fields.SetClean(EventField.RefrMedium, "internal"u8);
            return;
        }

        var path = fields[EventField.RefrUrlpath];
        var referrer = own?.Find(host, path) ?? database.Current.Find(host, path);
        if (referrer is null or { IsUnknown: true })
        {
            fields.SetClean(EventField.RefrMedium, "unknown"u8);
            return;
        }

        fields.SetText(EventField.RefrMedium, referrer.Medium);
        fields.SetText(EventField.RefrSource, referrer.Source);
        if (referrer.Parameters.Length > 0) SetTerm(fields, referrer);
    }

    private static bool IsPage(ReadOnlySpan<byte> scheme) =>
        Ascii.EqualsIgnoreCase(scheme, "https"u8) || Ascii.EqualsIgnoreCase(scheme, "http"u8) || Ascii.EqualsIgnoreCase(scheme, "android-app"u8);

    private bool IsInternal(ReadOnlySpan<byte> host)
    {
        foreach (var domain in internalDomains)
        {
            if (Ascii.EqualsIgnoreCase(host, domain)) return true;
        }

        return false;
    }

    private void SetTerm(EnrichedEventBuilder fields, Referrer referrer)
    {
        var pairs = new FormPairs(fields[EventField.RefrUrlquery]);
        while (pairs.MoveNext())
        {
            if (!IsListed(referrer.Parameters, pairs.Name)) continue;
            if (_term.Length < pairs.Value.Length) _term = new byte[pairs.Value.Length];
            fields.SetText(EventField.RefrTerm, _term.AsSpan(0, FormEncoding.Decode(pairs.Value, _term)));
            return;
        }
    }

    private void AddUtmReferrer(EventInProgress e)
    {
        var pairs = new FormPairs(e.Fields[EventField.PageUrlquery]);
        while (pairs.MoveNext())
        {
            if (!pairs.Name.SequenceEqual("utm_source"u8)) continue;
            if (_utmSource.Length < pairs.Value.Length) _utmSource = new byte[pairs.Value.Length];
            var value = _utmSource.AsSpan(0, FormEncoding.Decode(pairs.Value, _utmSource));
            if ((own?.FindUtmSource(value) ?? database.Current.FindUtmSource(value)) is not { } referrer) return;
            var json = e.DerivedContexts.Begin("iglu:com.snowplowanalytics.snowplow/utm_referrer/jsonschema/1-0-0"u8);
            json.WriteStartObject();
            json.WriteString("source"u8, referrer.Source);
            json.WriteString("medium"u8, referrer.Medium);
            json.WriteEndObject();
            e.DerivedContexts.End();
            return;
        }
    }

    private static bool IsListed(byte[][] parameters, ReadOnlySpan<byte> name)
    {
        foreach (var parameter in parameters)
        {
            if (name.SequenceEqual(parameter)) return true;
        }

        return false;
    }
}
