using System.CommandLine;
using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using Snowplow.Silo.Serve;
using Snowplow.Storage.Blobs;
using Snowplow.Storage.Landing;
using Snowplow.Warehouse;
using Snowplow.Warehouse.Loading;
using Snowplow.Warehouse.Tables;
using Spectre.Console;

namespace Snowplow.Silo.Rebuild;

/// <summary><c>snowplow rebuild</c>: makes the warehouse anew from what has landed.</summary>
internal static class RebuildCommand
{
    /// <summary>What the command is called.</summary>
    public const string Name = "rebuild";

    /// <summary>Examples for the help.</summary>
    public const string Examples = """
        snowplow rebuild
        snowplow rebuild --data /var/lib/snowplow
        snowplow rebuild --table sessions
        snowplow rebuild --check
        """;

    private const string Description = """
        Make the warehouse of a stopped server anew from the files that have landed: after damage to its files, or after files came back.

        Events, bad rows and the tables of the models are loaded from enriched/, bad/ and the tables' folders, which are only read. Tables that
        users put rows into stay as they are. A server that starts does the same by itself where something is missing; this does it beforehand.

        --table makes one table anew and leaves the others. --check changes nothing: it reads every byte of the warehouse, also beside a running server, and holds
        it to its checksums; the exit code is 1 where something is damaged.
        """;

    private static readonly Option<string> Data = new("--data")
    {
        Description = "The data folder. [default: data, under the current folder]",
        HelpName = "folder",
        DefaultValueFactory = _ => "data",
    };

    private static readonly Option<string?> Table = new("--table") { Description = "One table alone.", HelpName = "name" };
    private static readonly Option<bool> Check = new("--check") { Description = "Verify the checksums of all files, and change nothing." };

    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        var command = new Command(Name, Description) { Data, Table, Check };
        command.SetAction(Run);
        return command;
    }

    private static async Task<int> Run(ParseResult result, CancellationToken stop)
    {
        var path = result.GetValue(Data)!;
        if (!Directory.Exists(path)) throw new StartupException($"There is no data folder '{path}'. Name it with --data.");
        var table = result.GetValue(Table);
        if (result.GetValue(Check)) return WarehouseVerdicts.Check(Path.Combine(path, EmbeddedWarehouse.FolderName), table, result.InvocationConfiguration, stop);
        RequireOwn(table);
        using var folder = DataFolder.Open(path);
        var warehouseFolder = Path.Combine(folder.Path, EmbeddedWarehouse.FolderName);
        var started = Stopwatch.GetTimestamp();
        try
        {
            if (table is null) WarehouseReset.All(warehouseFolder);
            else WarehouseReset.Table(warehouseFolder, table);
            using var warehouse = EmbeddedWarehouse.Open(warehouseFolder, new FolderBlobStore(folder.Path), new WarehouseOptions(), TimeProvider.System, NullLogger.Instance);
            await ShowAsync(async progress =>
            {
                await warehouse.CatchUpAsync(progress, stop).ConfigureAwait(false);
                await warehouse.FlushAsync(stop).ConfigureAwait(false);
                await warehouse.TidyAsync(stop).ConfigureAwait(false);
            }).ConfigureAwait(false);
            var took = Stopwatch.GetElapsedTime(started);
            await result.InvocationConfiguration.Output.WriteLineAsync(table is not null
                ? $"'{table}' holds {RowsOf(warehouse, table):N0} rows, loaded in {took.TotalSeconds:N1} s."
                : $"The warehouse holds {warehouse.EventsLoaded:N0} events that landed, loaded in {took.TotalSeconds:N1} s; {warehouse.Extents.Count} extents, {warehouse.Extents.SizeBytes / 1e6:N1} MB.").ConfigureAwait(false);
            return 0;
        }
        catch (Exception exception) when (exception is LandingCorruptException or InvalidDataException or FormatException)
        {
            throw new StartupException(exception.Message);
        }
    }

    // Tables of users are nowhere else.
    private static void RequireOwn(string? table)
    {
        if (table is null || WarehouseTables.All.Any(known => known.Name == table)) return;
        throw new StartupException($"'{table}' is no table that is made from files that landed. These are {string.Join(", ", WarehouseTables.All.Select(known => known.Name))}.");
    }

    private static long RowsOf(EmbeddedWarehouse warehouse, string table) =>
        warehouse.Snapshot().Single(one => one.Name == table).Extents([]).Select(extent => extent.Details).Sum(extent => extent.RowCount - extent.DeletedRowCount);

    // A bar for each partition on standard error where that is a terminal, nothing elsewhere.
    private static Task ShowAsync(Func<IProgress<CatchUpProgress>?, Task> work)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        if (Console.IsErrorRedirected || !console.Profile.Capabilities.Ansi) return work(null);
        return console.Progress().Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn())
            .StartAsync(context => work(new Bars(context)));
    }

    private sealed class Bars(ProgressContext context) : IProgress<CatchUpProgress>
    {
        private readonly Dictionary<PartitionName, ProgressTask> _bars = [];

        public void Report(CatchUpProgress value)
        {
            if (!_bars.TryGetValue(value.Partition, out var bar)) _bars.Add(value.Partition, bar = context.AddTask("", maxValue: value.Files));
            bar.Value = value.FilesDone;
            bar.Description = $"partition {value.Partition}, {value.Hour:yyyy-MM-dd HH}:00, {value.Events:N0} events so far";
        }
    }
}
