using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Snowplow.Events.Enriched;
using Snowplow.Kql;
using Snowplow.Kql.Data;
using Snowplow.Storage.Blobs;
using Snowplow.Storage.Landing;
using Snowplow.Storage.Warehouse;

namespace Snowplow.Warehouse.Tests.Warehouse;

/// <summary>A data folder in which partitions land ranges of one batch each.</summary>
internal sealed class LandedFolder : IDisposable
{
    private readonly Dictionary<int, (LandedLog Log, long Position)> _partitions = [];

    /// <summary>The data folder.</summary>
    public string Data { get; } = Directory.CreateTempSubdirectory("warehouse").FullName;

    /// <summary>The warehouse's folder.</summary>
    public string Warehouse => Path.Combine(Data, "warehouse");

    public FolderBlobStore Blobs => new(Data);

    public void Dispose() => Directory.Delete(Data, recursive: true);

    /// <summary>Opens the warehouse as a server does.</summary>
    public EmbeddedWarehouse Open(WarehouseOptions? options = null, TimeProvider? time = null, IBlobStore? blobs = null) =>
        EmbeddedWarehouse.Open(Warehouse, blobs ?? Blobs, options ?? new WarehouseOptions(), time ?? TimeProvider.System, NullLogger.Instance);

    /// <summary>How many rows a query gives.</summary>
    public static long Count(EmbeddedWarehouse warehouse, string query) =>
        (long)new KqlEngine(new Database(warehouse.Snapshot())).Run($"{query} | count", new QueryOptions())[0].Rows().Single()[0]!;

    /// <summary>A range that has not landed, of events with these ids.</summary>
    public static WarehouseUnit Unit(int partition, long from, DateTimeOffset hour, string[] ids, bool bad = false)
    {
        var lines = Encoding.UTF8.GetBytes(string.Concat(ids.Select((id, i) =>
        {
            var fields = Enumerable.Repeat("", EventFields.Count).ToArray();
            var time = hour.AddSeconds(i).ToString("yyyy-MM-dd HH:mm:ss.fff", CultureInfo.InvariantCulture);
            (fields[(int)EventField.EventId], fields[(int)EventField.CollectorTstamp]) = (id, time);
            return string.Join('\t', fields) + "\n";
        })));
        var badRow = bad ? Encoding.UTF8.GetBytes("""{"schema":"iglu:a/b/jsonschema/1-0-0","data":{"n":1}}""" + "\n") : [];
        return new WarehouseUnit(new PartitionName("test", partition), from, from + 1, [new WarehouseBatch(from, from + 1, hour, EnrichedBatch.Parse(lines), badRow)], []);
    }

    /// <summary>Lands a range of new events that were collected from noon of a day on.</summary>
    public Task<WarehouseUnit> LandAsync(string day, int count = 1, bool bad = false, int partition = 0) =>
        LandAsync($"{day}T12", [.. Enumerable.Range(0, count).Select(_ => $"{Guid.NewGuid()}")], bad, partition);

    /// <summary>Lands a range of events with these ids, collected from the start of an hour on (<c>2026-03-01T12</c>).</summary>
    public async Task<WarehouseUnit> LandAsync(string hour, string[] ids, bool bad = false, int partition = 0)
    {
        if (!_partitions.TryGetValue(partition, out var landed))
        {
            landed = (await LandedLog.OpenAsync(Blobs, new PartitionName("test", partition), 0, new LandingOptions(), default), 0);
            (await landed.Log.ReadAsync(0, default)).ShouldBeNull();
        }

        var unit = Unit(partition, landed.Position, DateTimeOffset.Parse($"{hour}:00:00Z", CultureInfo.InvariantCulture), ids, bad);
        var batch = unit.Batches[0];
        await landed.Log.LandAsync(
            unit.From, unit.UpTo, batch.Hour, new BatchLines(batch.Events.Text, ids.Length), new BatchLines(batch.BadRows, bad ? 1 : 0), BatchLines.None, default);
        _partitions[partition] = (landed.Log, unit.UpTo);
        return unit;
    }
}
