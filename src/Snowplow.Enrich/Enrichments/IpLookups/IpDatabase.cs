using Snowplow.Enrich.Addresses;
using Snowplow.Enrich.Assets;
using Snowplow.Enrich.Mmdb;

namespace Snowplow.Enrich.Enrichments.IpLookups;

/// <summary>One kind of look-up: a database and the columns that its fields fill.</summary>
/// <param name="database">The database, replaced when its file changes.</param>
/// <param name="fields">The wanted fields.</param>
/// <param name="write">Takes what was found into the event.</param>
internal sealed class IpDatabase(Asset<MmdbDatabase> database, MmdbFields fields, IpDatabase.Write write)
{
    private readonly MmdbValue[] _values = new MmdbValue[fields.Count];

    /// <summary>Takes found values into an event.</summary>
    /// <param name="e">The event.</param>
    /// <param name="data">What the values are to be read off.</param>
    /// <param name="values">The values, in the order of the fields.</param>
    public delegate void Write(EventInProgress e, MmdbData data, ReadOnlySpan<MmdbValue> values);

    /// <summary>Looks an address up. A damaged record is as good as none, but counted.</summary>
    public void Lookup(EventInProgress e, IpBits address)
    {
        var current = database.Current;
        try
        {
            if (current.TryFind(address, fields, _values)) write(e, current.Data, _values);
        }
        catch (MmdbException damaged)
        {
            EnrichMetrics.AssetFailed(current.Metadata.DatabaseType, damaged);
        }

        GC.KeepAlive(current);
    }
}
