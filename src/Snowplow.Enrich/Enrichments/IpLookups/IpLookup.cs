using Snowplow.Enrich.Addresses;
using Snowplow.Enrich.Assets;
using Snowplow.Enrich.Enrichments.Configuration;
using Snowplow.Enrich.Mmdb;
using Snowplow.Events.Enriched;

namespace Snowplow.Enrich.Enrichments.IpLookups;

/// <summary>
/// <c>ip_lookups</c>: where the visitor's address is, who provides it, its domain, kind of connection and autonomous system, of MaxMind
/// databases. An address that is none, or is in no database, changes nothing.
/// </summary>
internal sealed class IpLookup(IpDatabase[] databases) : IEnrichment
{
    /// <summary>The country database in the program's folder: public domain (CC0), of the registries' allocations.</summary>
    private static readonly string DefaultDatabase = Path.Combine(AppContext.BaseDirectory, "assets", "geo-whois-asn-country.mmdb");

    // It changes with the program only, so a process loads it once.
    private static readonly Lazy<Asset<MmdbDatabase>?> Countries = new(
        () => File.Exists(DefaultDatabase) ? new Asset<MmdbDatabase>(MmdbDatabase.Open(DefaultDatabase)) : null);

    private static readonly (string Name, MmdbFields Fields, IpDatabase.Write Write)[] Kinds =
    [
        ("geo", IpColumns.Geo, IpColumns.WriteGeo),
        ("isp", IpColumns.Isp, IpColumns.WriteIsp),
        ("domain", IpColumns.Domain, IpColumns.WriteDomain),
        ("connectionType", IpColumns.ConnectionType, IpColumns.WriteConnectionType),
        ("asn", IpColumns.Asn, IpColumns.WriteAsn),
    ];

    /// <summary>Reads the configuration and opens its databases.</summary>
    public static Func<IEnrichmentStep>? Read(EnrichmentConfig config, EnrichmentEnvironment environment)
    {
        var opened = new List<Func<IpDatabase>>();
        var isComplete = true;
        foreach (var (name, fields, write) in Kinds)
        {
            if (!config.Parameters.TryGetProperty(name, out var database)) continue;
            try
            {
                var location = AssetStore.Location(database.GetProperty("uri").GetString()!, database.GetProperty("database").GetString()!);
                var asset = environment.Assets.Load(location, Path.GetDirectoryName(config.File)!, MmdbDatabase.Open);
                opened.Add(() => new IpDatabase(asset, fields, write));
            }
            catch (AssetException e)
            {
                config.Refuse(name, e.Message);
                isComplete = false;
            }
        }

        return isComplete ? () => new IpLookup([.. opened.Select(open => open())]) : null;
    }

    /// <summary>Countries, of the database that comes with the program; null where it was built without.</summary>
    public static Func<IEnrichmentStep>? Default() => Countries.Value is { } countries
        ? () => new IpLookup([new IpDatabase(countries, IpColumns.Geo, IpColumns.WriteGeo)])
        : null;

    /// <inheritdoc/>
    public void Enrich(EventInProgress e)
    {
        if (!IpBits.TryParse(e.Fields[EventField.UserIpaddress], out var address)) return;
        foreach (var database in databases) database.Lookup(e, address);
    }
}
