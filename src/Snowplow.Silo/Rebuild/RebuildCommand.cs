using System.CommandLine;
using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using Snowplow.Silo.Serve;
using Snowplow.Storage.Blobs;
using Snowplow.Storage.Landing;
using Snowplow.Warehouse;
using Snowplow.Warehouse.Loading;
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
        """;

    private const string Description = """
        Make the warehouse of a stopped server anew from the files that have landed: after damage to its files, or after files came back.

        Events, bad rows and the tables of the models are loaded from enriched/, bad/ and the tables' folders, which are only read. Tables that
        users put rows into stay as they are. A server that starts does the same by itself where something is missing; this does it beforehand.
        """;

    private static readonly Option<string> Data = new("--data")
    {
        Description = "The data folder. [default: data, under the current folder]",
        HelpName = "folder",
        DefaultValueFactory = _ => "data",
    };

    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        var command = new Command(Name, Description) { Data };
        command.SetAction(Run);
        return command;
    }

    private static async Task<int> Run(ParseResult result, CancellationToken stop)
    {
        var path = result.GetValue(Data)!;
        if (!Directory.Exists(path)) throw new StartupException($"There is no data folder '{path}'. Name it with --data.");
        using var folder = DataFolder.Open(path);
        var warehouseFolder = Path.Combine(folder.Path, EmbeddedWarehouse.FolderName);
        var started = Stopwatch.GetTimestamp();
        try
        {
            WarehouseReset.All(warehouseFolder);
            using var warehouse = EmbeddedWarehouse.Open(warehouseFolder, new FolderBlobStore(folder.Path), new WarehouseOptions(), TimeProvider.System, NullLogger.Instance);
            await ShowAsync(async progress =>
            {
                await warehouse.CatchUpAsync(progress, stop).ConfigureAwait(false);
                await warehouse.FlushAsync(stop).ConfigureAwait(false);
                await warehouse.TidyAsync(stop).ConfigureAwait(false);
            }).ConfigureAwait(false);
            var took = Stopwatch.GetElapsedTime(started);
            await result.InvocationConfiguration.Output.WriteLineAsync(
                $"The warehouse holds {warehouse.EventsLoaded:N0} events that landed, loaded in {took.TotalSeconds:N1} s; {warehouse.Extents.Count} extents, {warehouse.Extents.SizeBytes / 1e6:N1} MB.").ConfigureAwait(false);
            return 0;
        }
        catch (Exception exception) when (exception is LandingCorruptException or InvalidDataException or FormatException)
        {
            throw new StartupException(exception.Message);
        }
    }

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
