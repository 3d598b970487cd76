using System.Buffers;
using System.IO.Compression;
using Snowplow.Storage.Blobs;
using Snowplow.Storage.Warehouse;

namespace Snowplow.Azure.DataExplorer;

/// <summary>
/// The warehouse on Azure Data Explorer, as a partition sees it: what a range brought is put into the queue (<c>load/</c> in the blobs), which
/// <see cref="DataExplorerLoader"/> loads from. So a cluster that is down, paused or slow stops no partition, and loads catch up behind it.
/// </summary>
/// <param name="blobs">The blobs; appends must be atomic.</param>
/// <param name="generation">The <c>model_generation</c>: what is modelled anew goes through the queue anew, without the events that are there.</param>
public sealed class DataExplorerWarehouse(IBlobStore blobs, int generation) : IWarehouse
{
    /// <summary>The table that events are loaded into, in CSV by the mapping <c>enriched_tsv</c>.</summary>
    internal const string Events = "events_raw";

    private const string BadRows = "bad_rows";
    private readonly LoadFolder _folder = new(blobs);
    private IReadOnlyDictionary<string, long>? _loaded;

    /// <inheritdoc/>
    public async ValueTask LoadAsync(WarehouseUnit unit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(unit);
        var partition = LoadFolder.PartitionName(unit.Partition, generation);
        if (await _folder.HasAsync(partition, unit.From, cancellationToken)) return;
        var files = new List<LoadFile>();
        _loaded ??= await RemodelledLoads.ReadAsync(blobs, generation, cancellationToken);
        var upTo = _loaded.GetValueOrDefault(unit.Partition.ToString());
        var batches = unit.Batches.Where(batch => batch.UpTo > upTo).ToList();
        await AddAsync(Events, ".csv.gz", Csv(batches));
        await AddAsync(BadRows, ".json.gz", [.. batches.Select(batch => batch.BadRows)]);
        foreach (var table in unit.Rows.GroupBy(rows => rows.Table)) await AddAsync($"{table.Key}_rows", ".json.gz", [.. table.Select(rows => rows.Lines)]);
        if (files.Count > 0) await _folder.AddAsync(new LoadUnit(partition, unit.From, unit.UpTo, files), cancellationToken);

        async ValueTask AddAsync(string table, string extension, IReadOnlyList<ReadOnlyMemory<byte>> lines)
        {
            var bytes = lines.Sum(piece => (long)piece.Length);
            if (bytes == 0) return;
            var name = LoadFolder.FileName(partition, unit.From, table, extension);
            await _folder.AddFileAsync(name, Compressed(lines), cancellationToken);
            files.Add(new LoadFile(table, name, bytes));
        }
    }

    private static IReadOnlyList<ReadOnlyMemory<byte>> Csv(IReadOnlyList<WarehouseBatch> batches)
    {
        var csv = new ArrayBufferWriter<byte>(Math.Max(1, batches.Sum(batch => batch.Events.Text.Length)));
        foreach (var batch in batches) CsvLines.Write(batch.Events.Text.Span, csv);
        return [csv.WrittenMemory];
    }

    private static byte[] Compressed(IReadOnlyList<ReadOnlyMemory<byte>> lines)
    {
        using var content = new MemoryStream();
        using (var gzip = new GZipStream(content, CompressionLevel.Fastest, leaveOpen: true))
            foreach (var piece in lines)
                gzip.Write(piece.Span);
        return content.ToArray();
    }
}
