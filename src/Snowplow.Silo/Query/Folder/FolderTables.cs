using Snowplow.Events.Enriched;
using Snowplow.Kql;
using Snowplow.Kql.Data;
using Snowplow.Kql.Files;
using Snowplow.Model;
using Snowplow.Silo.Serve;
using Snowplow.Storage.Blobs;
using Snowplow.Storage.Landing;
using Snowplow.Warehouse.Hot;

namespace Snowplow.Silo.Query.Folder;

/// <summary>
/// The tables of a data folder: the events, the bad rows and all tables of the models, as analysts want them
/// (<see cref="TableQueries"/>). Only what has landed is read, so a server may be at work.
/// </summary>
internal sealed class FolderTables
{
    private static readonly IReadOnlyList<(string Name, KqlType Type)> BadColumns = [("schema", KqlType.String), ("data", KqlType.Dynamic)];

    private readonly IBlobStore _blobs;
    private readonly KqlEngine _rows;
    private readonly CancellationToken _stop;

    private FolderTables(string folder, CancellationToken stop)
    {
        _blobs = new FolderBlobStore(folder);
        _stop = stop;
        _rows = new KqlEngine(new Database([
            .. ModelTables.All.Select(table => (Table)new FolderTable(table.Name + TableQueries.Rows, ColumnsOf(table), () => ReadRows(table))),
            new FolderTable($"events{TableQueries.Rows}", EventTable.Columns, ReadEvents)]));
    }

    /// <summary>The tables of a folder; each is read when a query wants it.</summary>
    /// <exception cref="StartupException">It is no data folder.</exception>
    public static IEnumerable<Table> Of(string folder, CancellationToken stop)
    {
        if (!Directory.Exists(Path.Combine(folder, LandingPath.Enriched)))
            throw new StartupException($"'{folder}' is no data folder of a server: there is no '{LandingPath.Enriched}' in it.");
        var tables = new FolderTables(folder, stop);
        yield return new FolderTable("events", EventTable.Columns, () => tables.Run(TableQueries.Events));
        yield return new FolderTable("bad_rows", BadColumns, tables.ReadBadRows);
        foreach (var table in ModelTables.All)
            yield return new FolderTable(table.Name, ColumnsOf(table), () => tables.Run(TableQueries.Of(table)));
    }

    private static List<(string Name, KqlType Type)> ColumnsOf(ModelTable table) =>
        [.. table.Columns.Select(column => (column.Name, KqlTypes.TryParse(column.Type, out var type) ? type : throw new InvalidOperationException($"{column.Type} is no type of KQL.")))];

    private List<Extent> Run(string query)
    {
        var options = new QueryOptions { MaxResultRows = long.MaxValue, MaxResultBytes = long.MaxValue, MaxMemoryBytes = long.MaxValue };
        var result = _rows.Run(query, options, _stop)[0];
        var columns = result.Columns.Select(column => (column.Name, column.Type)).ToList();
        return [.. result.Batches.SelectMany(batch => new MemoryTable(result.Name, columns, [.. result.Columns.Select(column => batch[column])], batch.RowCount).Extents([]))];
    }

    private IReadOnlyList<Extent> ReadRows(ModelTable table)
    {
        var columns = ColumnsOf(table);
        var chunks = new LineChunks(lines => JsonLinesFile.Read(table.Name, JsonLinesFile.Lines(lines.Span), columns));
        return Read(() =>
        {
            foreach (var batch in RowFiles.ReadRowsAsync(_blobs, table.Name, _stop).ToBlockingEnumerable(_stop)) chunks.Add(batch.Lines.Span);
            return chunks.Finish();
        });
    }

    private IReadOnlyList<Extent> ReadEvents()
    {
        var forgotten = ForgottenPeople.Of(_rows.Run($"forgotten{TableQueries.Rows} | summarize max(forgotten_at) by ['key']", new QueryOptions(), _stop)[0]);
        var chunks = new LineChunks(lines => DelimitedFile.ReadTsv("events", lines.Span, EventTable.Columns));
        return Read(() =>
        {
            foreach (var batch in LandedFiles.ReadAllAsync(_blobs, _stop).ToBlockingEnumerable(_stop))
            {
                for (var i = 0; i < batch.Events.Count; i++)
                {
                    var e = batch.Events[i];
                    if (ForgetEvent.Is(e) || forgotten.Include(e)) continue;
                    chunks.AddLine(e.Line);
                }
            }

            return chunks.Finish();
        });
    }

    private IReadOnlyList<Extent> ReadBadRows()
    {
        var chunks = new LineChunks(lines => JsonLinesFile.Read("bad_rows", JsonLinesFile.Lines(lines.Span), BadColumns));
        return Read(() =>
        {
            foreach (var batch in LandedFiles.ReadAllAsync(_blobs, _stop).ToBlockingEnumerable(_stop))
                chunks.Add(LandedFiles.ReadBadRowsAsync(_blobs, batch, _stop).AsTask().GetAwaiter().GetResult().Span);
            return chunks.Finish();
        });
    }

    private static IReadOnlyList<Extent> Read(Func<IReadOnlyList<Extent>> read)
    {
        try
        {
            return read();
        }
        catch (LandingCorruptException damage)
        {
            throw new StartupException(damage.Message);
        }
    }
}
