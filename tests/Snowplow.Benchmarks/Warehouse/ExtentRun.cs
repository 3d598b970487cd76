using System.Diagnostics;
using System.Globalization;
using Snowplow.Benchmarks.Platform;
using Snowplow.Events.Enriched;
using Snowplow.Kql.Data;
using Snowplow.Storage.Blobs;
using Snowplow.Storage.Landing;
using Snowplow.Warehouse.Extents;
using Snowplow.Warehouse.Hot;

namespace Snowplow.Benchmarks.Warehouse;

/// <summary>
/// Enriched events as an extent: bytes an event in each column, and how fast lines become columns, columns a file, and a file columns again, on one
/// thread. <c>SNOWPLOW_DATA</c> names a data folder; else the traffic is simulated.
/// </summary>
internal static class ExtentRun
{
    public static async Task RunAsync()
    {
        if (Environment.GetEnvironmentVariable("SNOWPLOW_DATA") is { } folder)
        {
            Measure(await ReadAsync(folder));
            return;
        }

        await using var server = await ServerProcess.StartAsync();
        Console.WriteLine(await server.SimulateAsync(rate: 12_000, seconds: 25, seed: 1));
        await server.UntilLandedAsync();
        Measure(await ReadAsync(server.DataFolder));
    }

    // In the order in which they came in: the partitions' batches by time.
    private static async Task<List<EnrichedBatch>> ReadAsync(string folder)
    {
        var batches = new List<EnrichedBatch>();
        await foreach (var batch in LandedFiles.ReadAllAsync(new FolderBlobStore(folder), CancellationToken.None))
            if (batch.Events.Count > 0) batches.Add(batch.Events);
        return [.. batches.OrderBy(batch => batch[0].Text(EventField.CollectorTstamp), StringComparer.Ordinal)];
    }

    private static void Measure(List<EnrichedBatch> batches)
    {
        var path = Path.Combine(Path.GetTempPath(), $"snowplow-extent-{Guid.NewGuid():N}");
        try
        {
            for (var round = 0; round < 2; round++) Measure(batches, path, isLast: round == 1);
            MeasureShuffled(batches, path);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static void Measure(List<EnrichedBatch> batches, string path, bool isLast)
    {
        var texts = batches.Sum(batch => (long)batch.Text.Length);
        var clock = Stopwatch.StartNew();
        // Bytes as they come from the files: finding the fields belongs to it.
        var events = new EventColumns();
        foreach (var batch in batches)
        {
            var parsed = EnrichedBatch.Parse(batch.Text);
            for (var i = 0; i < parsed.Count && events.Count < ExtentWriter.MaxRows; i++) events.Append(parsed[i]);
        }

        var appended = clock.Elapsed;
        var columns = EventTable.Columns;
        var encoded = new TimeSpan[columns.Count];
        using (var writer = new ExtentWriter(path, columns, events.Count))
        {
            for (var i = 0; i < columns.Count; i++)
            {
                var start = clock.Elapsed;
                writer.Write(i, Parts(events.Columns[i]));
                encoded[i] = clock.Elapsed - start;
            }

            writer.Finish();
        }

        var written = clock.Elapsed;
        using var extent = StoredExtent.Open(path);
        var decoded = new TimeSpan[columns.Count];
        for (var i = 0; i < columns.Count; i++)
        {
            // Checksum and dictionary first; then what each further read takes.
            extent.Read(i, 0, Math.Min(Batch.Size, extent.RowCount));
            var start = clock.Elapsed;
            for (var row = 0; row < extent.RowCount; row += Batch.Size) extent.Read(i, row, Math.Min(Batch.Size, extent.RowCount - row));
            decoded[i] = clock.Elapsed - start;
        }

        if (!isLast) return;
        var rows = (double)extent.RowCount;
        Console.WriteLine("column                          form          bytes/event  encode ns  decode ns");
        foreach (var i in Enumerable.Range(0, columns.Count).OrderByDescending(i => extent.Describe(i).SizeBytes).TakeWhile((i, rank) => rank < 60))
        {
            var (form, size) = extent.Describe(i);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{columns[i].Name,-30}  {form,-12}  {size / rows,11:F3}  {encoded[i].TotalNanoseconds / rows,9:F0}  {decoded[i].TotalNanoseconds / rows,9:F1}"));
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{rows:N0} events of {texts / rows:F0} bytes of TSV: {extent.SizeBytes / rows:F1} bytes an event; {events.SizeBytes / rows:F0} bytes an event in memory before; lines to columns {rows / appended.TotalSeconds:N0}/s, "
            + $"columns to file {rows / (written - appended).TotalSeconds:N0}/s, together {rows / written.TotalSeconds:N0}/s, all columns read {rows / decoded.Aggregate(TimeSpan.Zero, (a, b) => a + b).TotalSeconds:N0}/s"));
    }

    // What it would be if no event stood beside others of its visitor.
    private static void MeasureShuffled(List<EnrichedBatch> batches, string path)
    {
        var all = batches.SelectMany(batch => Enumerable.Range(0, batch.Count).Select(i => batch[i])).Take(ExtentWriter.MaxRows).ToArray();
        new Random(1).Shuffle(all);
        var events = new EventColumns();
        foreach (var e in all) events.Append(e);
        using var writer = new ExtentWriter(path, EventTable.Columns, events.Count);
        for (var i = 0; i < EventTable.Columns.Count; i++) writer.Write(i, Parts(events.Columns[i]));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{(double)writer.Finish() / events.Count:F1} bytes an event with the events shuffled"));
    }

    private static IEnumerable<Column> Parts(ColumnAppender column)
    {
        for (var row = 0; row < column.Count; row += Batch.Size) yield return column.Read(row, Math.Min(Batch.Size, column.Count - row));
    }
}
