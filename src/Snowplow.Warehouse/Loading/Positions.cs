using Snowplow.Storage.Landing;

namespace Snowplow.Warehouse.Loading;

/// <summary>
/// Up to where the files of each partition have been loaded, table by table: what begins before was loaded, and is passed over whoever brings
/// it again. Used by one thread at a time.
/// </summary>
internal sealed class Positions
{
    private readonly Dictionary<string, Dictionary<string, long>> _upTo;

    /// <summary>The positions of a manifest.</summary>
    public Positions(IReadOnlyDictionary<string, Dictionary<string, long>> upTo) => _upTo = Copy(upTo);

    /// <summary>Up to where a table was loaded; 0 where nothing was.</summary>
    public long Of(PartitionName partition, string table) => _upTo.TryGetValue(partition.ToString(), out var tables) ? tables.GetValueOrDefault(table) : 0;

    /// <summary>Notes that a table was loaded up to a position; earlier ones change nothing.</summary>
    public void Loaded(PartitionName partition, string table, long upTo)
    {
        if (!_upTo.TryGetValue(partition.ToString(), out var tables)) _upTo.Add(partition.ToString(), tables = []);
        tables[table] = Math.Max(tables.GetValueOrDefault(table), upTo);
    }

    /// <summary>The positions as they are now.</summary>
    public Dictionary<string, Dictionary<string, long>> Copy() => Copy(_upTo);

    private static Dictionary<string, Dictionary<string, long>> Copy(IReadOnlyDictionary<string, Dictionary<string, long>> positions) =>
        positions.ToDictionary(partition => partition.Key, partition => new Dictionary<string, long>(partition.Value));
}
