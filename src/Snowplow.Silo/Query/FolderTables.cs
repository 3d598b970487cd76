using Snowplow.Silo.Serve;
using Snowplow.Storage.Blobs;
using Snowplow.Storage.Landing;
using Snowplow.Warehouse;
using Snowplow.Warehouse.Loading;
using Spectre.Console;
using Table = Snowplow.Kql.Data.Table;

namespace Snowplow.Silo.Query;

/// <summary>The tables of a data folder, beside the server that may be at work on it. Nothing is written.</summary>
internal static class FolderTables
{
    /// <summary>Reads what the warehouse holds and what has landed since.</summary>
    /// <returns>The tables, and the mark of the script that goes with those of users.</returns>
    /// <exception cref="StartupException">It is no data folder, or a file is damaged.</exception>
    public static async Task<(IReadOnlyList<Table> Tables, string? Mark)> ReadAsync(string folder, CancellationToken stop)
    {
        if (!Directory.Exists(Path.Combine(folder, LandingPath.Enriched)) && !Directory.Exists(Path.Combine(folder, EmbeddedWarehouse.FolderName)))
            throw new StartupException($"'{folder}' is no data folder of a server: there is neither '{LandingPath.Enriched}' nor '{EmbeddedWarehouse.FolderName}' in it.");
        try
        {
            return await ShowAsync(async progress =>
            {
                var warehouse = await EmbeddedWarehouse.ReadAsync(Path.Combine(folder, EmbeddedWarehouse.FolderName), new FolderBlobStore(folder), progress, stop).ConfigureAwait(false);
                return (warehouse.Snapshot(), warehouse.Own.Mark);
            }).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is LandingCorruptException or InvalidDataException)
        {
            throw new StartupException(exception.Message);
        }
    }

    // How far it is, on standard error where that is a terminal; mostly it is done before anyone could read it.
    private static Task<T> ShowAsync<T>(Func<IProgress<CatchUpProgress>?, Task<T>> read)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        if (Console.IsErrorRedirected || !console.Profile.Capabilities.Ansi) return read(null);
        return console.Status().StartAsync("Reading what has landed …", context => read(new StatusProgress(context)));
    }

    private sealed class StatusProgress(StatusContext context) : IProgress<CatchUpProgress>
    {
        public void Report(CatchUpProgress value) =>
            context.Status($"{value.Events:N0} events read: partition {value.Partition}, file {value.FilesDone} of {value.Files}, {value.Hour:yyyy-MM-dd HH}:00");
    }
}
