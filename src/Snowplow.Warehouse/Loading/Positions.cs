using Snowplow.Storage.Landing;

namespace Snowplow.Warehouse.Loading;

/// <summary>
/// Up to where the files of each partition have been loaded, table by table: what begins before was loaded, and is passed over whoever brings
/// it again, and up to where they are known to go. May be used by several threads.
/// </summary>
internal sealed class Positions
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Dictionary<string, long>> _upTo;
    private readonly Dictionary<string, long> _landed = [];

    /// <summary>The positions of a manifest.</summary>
    public Positions(IReadOnlyDictionary<string, Dictionary<string, long>> upTo) => _upTo = Copy(upTo);

    /// <summary>Up to where a table was loaded; 0 where nothing was.</summary>
    public long Of(PartitionName partition, string table)
    {
        lock (_lock) return Of(partition.ToString(), table);
    }

    /// <summary>Notes that a partition's files go up to a position at least: how far the last one goes is known once it is read.</summary>
    public void Landed(PartitionName partition, long upTo)
    {
        lock (_lock) _landed[partition.ToString()] = Math.Max(_landed.GetValueOrDefault(partition.ToString()), upTo);
    }

    /// <summary>How many records of all partitions have landed, as far as is known, and are not in a table.</summary>
    public long Behind(string table)
    {
        lock (_lock) return _landed.Sum(partition => Math.Max(0, partition.Value - Of(partition.Key, table)));
    }

    /// <summary>Notes that a table was loaded up to a position; earlier ones change nothing.</summary>
    public void Loaded(PartitionName partition, string table, long upTo)
    {
        lock (_lock)
        {
            if (!_upTo.TryGetValue(partition.ToString(), out var tables)) _upTo.Add(partition.ToString(), tables = []);
            tables[table] = Math.Max(tables.GetValueOrDefault(table), upTo);
        }
    }

    /// <summary>The positions as they are now.</summary>
    public Dictionary<string, Dictionary<string, long>> Copy()
    {
        lock (_lock) return Copy(_upTo);
    }

    private long Of(string partition, string table) => _upTo.TryGetValue(partition, out var tables) ? tables.GetValueOrDefault(table) : 0;

    private static Dictionary<string, Dictionary<string, long>> Copy(IReadOnlyDictionary<string, Dictionary<string, long>> positions) =>
        positions.ToDictionary(partition => partition.Key, partition => new Dictionary<string, long>(partition.Value));
}
