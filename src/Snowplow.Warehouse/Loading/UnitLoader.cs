using System.Globalization;
using Snowplow.Storage.Landing;
using Snowplow.Storage.Warehouse;
using Snowplow.Warehouse.Store;
using Snowplow.Warehouse.Tables;

namespace Snowplow.Warehouse.Loading;

/// <summary>Puts what landed into the store's tables, each batch and range once. For whoever holds <see cref="WarehouseStore.Loading"/>.</summary>
internal sealed class UnitLoader
{
    private readonly WarehouseStore _store;
    private readonly EventLines _events;
    private readonly RowLines _badRows;
    private readonly Dictionary<string, RowLines> _rows;

    public UnitLoader(WarehouseStore store)
    {
        _store = store;
        _events = new EventLines(store.Tables[WarehouseTables.Events], store.Forgotten);
        _badRows = new RowLines(store.Tables[WarehouseTables.BadRows], store.Forgotten);
        _rows = LandingPath.Tables.ToDictionary(table => table, table => new RowLines(store.Tables[table], store.Forgotten));
    }

    /// <summary>Number of events that were put in.</summary>
    public long Events { get; private set; }

    /// <summary>Puts in a batch's events and bad rows, unless they are there.</summary>
    /// <exception cref="FormatException">A bad row is no JSON object.</exception>
    public void Add(PartitionName partition, WarehouseBatch batch)
    {
        if (batch.From >= _store.Positions.Of(partition, WarehouseTables.Events))
        {
            _events.Add(batch.Events);
            Events += batch.Events.Count;
            _store.Positions.Loaded(partition, WarehouseTables.Events, batch.UpTo);
        }

        if (batch.From < _store.Positions.Of(partition, WarehouseTables.BadRows)) return;
        if (!batch.BadRows.IsEmpty)
            _badRows.Add(batch.BadRows.Span, (_store.Tables[WarehouseTables.BadRows].Definition.RetainedBy, batch.Hour.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)));
        _store.Positions.Loaded(partition, WarehouseTables.BadRows, batch.UpTo);
    }

    /// <summary>Learns who was forgotten before rows come, so that none of these has to be looked for afterwards.</summary>
    /// <exception cref="FormatException">A row is no JSON object.</exception>
    /// <exception cref="IOException">A file of the store cannot be read, or is damaged.</exception>
    /// <returns>Of how many keys they say something new.</returns>
    public int Learn(IEnumerable<ReadOnlyMemory<byte>> forgottenLines) => Learn(forgottenLines.SelectMany(lines => _rows[WarehouseTables.Forgotten].ReadForgotten(lines.Span)));

    /// <summary>Puts in a range's rows of one table, unless they are there.</summary>
    /// <exception cref="FormatException">A row is no JSON object.</exception>
    public void Add(PartitionName partition, string table, long from, long upTo, ReadOnlySpan<byte> lines)
    {
        if (from < _store.Positions.Of(partition, table)) return;
        AddRows(table, lines);
        _store.Positions.Loaded(partition, table, upTo);
    }

    /// <summary>Puts in rows of one table, of which those that are there already count once.</summary>
    /// <exception cref="FormatException">A row is no JSON object.</exception>
    public void AddRows(string table, ReadOnlySpan<byte> lines) => _rows[table].Add(lines);

    /// <summary>Notes that all tables have what came before a position.</summary>
    public void Finish(PartitionName partition, long upTo)
    {
        _store.Positions.Loaded(partition, WarehouseTables.Events, upTo);
        _store.Positions.Loaded(partition, WarehouseTables.BadRows, upTo);
        foreach (var table in LandingPath.Tables) _store.Positions.Loaded(partition, table, upTo);
    }

    /// <summary>Lets everything be seen that was put in, and nothing more of people who are newly forgotten.</summary>
    public void Publish()
    {
        _store.Publish();
        var forgotten = _rows[WarehouseTables.Forgotten].NewlyForgotten;
        if (forgotten.Count == 0) return;
        Learn(forgotten);
        forgotten.Clear();
    }

    private int Learn(IEnumerable<ForgottenRow> rows)
    {
        var keys = rows.Where(_store.Forgotten.Add).Select(row => row.Key).ToHashSet(StringComparer.Ordinal);
        if (keys.Count > 0) new ForgottenRows(_store).Hide(keys);
        return keys.Count;
    }
}
