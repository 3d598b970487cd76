using Snowplow.Kql;
using Snowplow.Kql.Commands;
using Snowplow.Kql.Data;
using Snowplow.Kql.Schema;
using Snowplow.Silo.Query.Scripts;
using Snowplow.Warehouse;
using Snowplow.Warehouse.Store;

namespace Snowplow.Silo.Kusto;

/// <summary>
/// The database that clients of the server ask and change: the warehouse's tables, with the functions and definitions that come with the program and those
/// that commands made. These are kept as a script beside the warehouse, and the rows of users' tables within it.
/// </summary>
internal sealed class ServerDatabase
{
    private readonly EmbeddedWarehouse _warehouse;
    private readonly Catalog _ofProgram;
    private readonly string _data;
    private readonly Lock _turn = new();
    private volatile Catalog _catalog;

    /// <summary>A database.</summary>
    /// <param name="warehouse">Its tables.</param>
    /// <param name="ofProgram">What comes with the program and by the user's scripts.</param>
    /// <param name="data">The data folder.</param>
    /// <exception cref="Serve.StartupException">What was kept cannot be read.</exception>
    public ServerDatabase(EmbeddedWarehouse warehouse, Catalog ofProgram, string data)
    {
        _warehouse = warehouse;
        _ofProgram = ofProgram;
        _data = data;
        KeptScript.Settle(data, warehouse.Own.Mark);
        _catalog = KeptScript.Load(ofProgram, data, warehouse.Own.Mark, warehouse.Own.All());
    }

    /// <summary>The database as it is now.</summary>
    public Database Snapshot() => new(_warehouse.Snapshot(), _catalog);

    /// <summary>Runs commands, those that change something one text after the other; what they change is durable when they are done.</summary>
    /// <exception cref="KqlException">One cannot be done; then none of the text is.</exception>
    /// <exception cref="KustoException">What they change cannot be written; nothing has changed.</exception>
    public CommandOutcome Run(string text, QueryOptions options, CancellationToken stop)
    {
        // What takes long, as writing a file does, keeps nobody waiting who changes something.
        if (!CommandEngine.Changes(text)) return new CommandEngine(Snapshot()).Run(text, options, stop);
        lock (_turn)
        {
            try
            {
                var before = Snapshot();
                var outcome = new CommandEngine(before).Run(text, options, stop);
                // From here on it is done as a whole, whoever waits for it.
                if (!ReferenceEquals(outcome.Database, before)) Keep(outcome);
                return outcome;
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                throw KustoError.NotWritten($"What the commands change cannot be written, and nothing has changed: {failure.Message}").Exception(failure);
            }
        }
    }

    // Rows and catalog change in one step, whatever fails and whenever the process dies.
    private void Keep(CommandOutcome outcome)
    {
        var catalog = outcome.Database.Catalog;
        KeptScript.Settle(_data, _warehouse.Own.Mark);
        var mark = KeptScript.Begin(_data, CatalogScript.Of(catalog, _ofProgram));
        try
        {
            _warehouse.Own.ChangeAsync([.. outcome.RowChanges.Select(change => Change(change, catalog))], mark, CancellationToken.None).GetAwaiter().GetResult();
            _catalog = catalog;
        }
        finally
        {
            Settle();
        }
    }

    private void Settle()
    {
        try
        {
            KeptScript.Settle(_data, _warehouse.Own.Mark);
        }
        catch (IOException)
        {
            // It is done as it is, or not; the next commands or the next start tidy up.
        }
    }

    // A table without columns is one that was dropped, perhaps to be made again within the text.
    private static OwnChange Change(RowChange change, Catalog catalog) =>
        new(change.Rows.Name, change.Rows.Columns.Count == 0 || !catalog.Tables.ContainsKey(change.Rows.Name) ? null : change.Rows, change.Replaces);
}
