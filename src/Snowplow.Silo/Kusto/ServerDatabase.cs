using System.Text;
using Snowplow.Kql;
using Snowplow.Kql.Commands;
using Snowplow.Kql.Data;
using Snowplow.Kql.Schema;
using Snowplow.Silo.Query.Scripts;
using Snowplow.Storage.Blobs;
using Snowplow.Warehouse;

namespace Snowplow.Silo.Kusto;

/// <summary>
/// The database that clients of the server ask and change: the warehouse's tables, with the functions and definitions that come with the program and those
/// that commands made. These are kept as a script beside the warehouse, and the rows of users' tables within it.
/// </summary>
internal sealed class ServerDatabase
{
    private readonly EmbeddedWarehouse _warehouse;
    private readonly Catalog _ofProgram;
    private readonly string _file;
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
        _file = KeptScript.File(data);
        _catalog = KeptScript.Load(ofProgram, data, warehouse.Own.All());
    }

    /// <summary>The database as it is now.</summary>
    public Database Snapshot() => new(_warehouse.Snapshot(), _catalog);

    /// <summary>Runs commands, those that change something one text after the other; what they change is durable when they are done.</summary>
    /// <exception cref="KqlException">One cannot be done; then none of the text is.</exception>
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
            catch (IOException failure)
            {
                throw new KqlException(KqlErrorKind.Runtime, $"What the commands change cannot be written: {failure.Message}", failure);
            }
        }
    }

    // Tables go before they are forgotten and are known before they have rows: a crash in between leaves an empty table at most.
    private void Keep(CommandOutcome outcome)
    {
        var catalog = outcome.Database.Catalog;
        var changed = outcome.RowChanges.ToLookup(change => catalog.Tables.ContainsKey(change.Rows.Name));
        foreach (var gone in changed[false].Select(change => change.Rows.Name).Distinct()) _warehouse.Own.DropAsync(gone, CancellationToken.None).GetAwaiter().GetResult();
        WholeFile.Write(_file, stream => stream.Write(Encoding.UTF8.GetBytes(CatalogScript.Of(catalog, _ofProgram))));
        _catalog = catalog;
        // Dropped and made again within the text, it begins without rows and perhaps with other columns.
        foreach (var change in changed[true])
        {
            if (change.Rows.Columns.Count == 0) _warehouse.Own.DropAsync(change.Rows.Name, CancellationToken.None).GetAwaiter().GetResult();
            else _warehouse.Own.PutAsync(change.Rows, change.Replaces, CancellationToken.None).GetAwaiter().GetResult();
        }
    }
}
