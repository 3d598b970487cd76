using System.CommandLine;
using Snowplow.Silo.EnrichFilter;
using Snowplow.Silo.Forget;
using Snowplow.Silo.Serve;
using Snowplow.Storage.Blobs;
using Snowplow.Storage.Landing;
using Spectre.Console;

namespace Snowplow.Silo.Purge;

/// <summary><c>snowplow purge</c>: takes forgotten people out of the files.</summary>
internal static class PurgeCommand
{
    /// <summary>What the command is called.</summary>
    public const string Name = "purge";

    /// <summary>Examples for the help.</summary>
    public const string Examples = """
        snowplow purge
        snowplow purge --data /var/lib/snowplow
        """;

    private const string Description = """
        Take the people whom the server has forgotten out of all files of a data folder whose server is stopped.

        Raw log, enriched, bad and failed files, tables and states are rewritten where they hold something of them; each file whole
        or not at all. Ended before its end, the command can be run again.
        """;

    private static readonly Option<string> Data = new("--data")
    {
        Description = "The data folder. [default: data, under the current folder]",
        HelpName = "folder",
        DefaultValueFactory = _ => "data",
    };

    private static readonly Argument<string[]> Further = new("settings")
    {
        Description = "Settings of the form --Section:Key=value, such as --RawStream:Folder=… where the server has one.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        Further.Validators.Add(result =>
        {
            foreach (var token in result.Tokens.Where(token => !ServeCommand.IsSetting(token.Value)))
                result.AddError($"'{token.Value}' is no option of 'snowplow purge'. Settings are written --Section:Key=value.");
        });
        var command = new Command(Name, Description) { Data, Further };
        command.SetAction(Run);
        return command;
    }

    private static async Task<int> Run(ParseResult result, CancellationToken stop)
    {
        var path = result.GetValue(Data)!;
        if (!Directory.Exists(path)) throw new StartupException($"There is no data folder '{path}'. Name it with --data.");
        var settings = new Settings(CommandConfiguration.Build(ServeCommand.Settings(result.GetValue(Further) ?? [])));
        var platform = PlatformOptions.Read(settings, path);
        settings.Require();
        using var folder = DataFolder.Open(path);
        var output = result.InvocationConfiguration.Output;
        var erasures = await new ErasureFolder(new FolderBlobStore(folder.Path)).AllAsync(stop).ConfigureAwait(false);
        var generation = ModelHistory.GenerationOf(folder.Path);
        var pending = erasures.Count(erasure => !IsDue(erasure) && erasure.State is ErasureState.Accepted or ErasureState.Forgotten);
        if (pending > 0)
            await output.WriteLineAsync($"{pending} erasures are not through yet: start the server, wait until they are forgotten, and purge again.").ConfigureAwait(false);
        var due = erasures.Where(IsDue).ToList();
        if (due.Count == 0)
        {
            await output.WriteLineAsync("Nothing is to be purged.").ConfigureAwait(false);
            return pending == 0 ? 0 : 1;
        }

        try
        {
            var run = new PurgeRun(folder.Path, platform.Stream, due, TimeProvider.System);
            var counts = await ShowAsync(progress => run.RunAsync(progress, stop)).ConfigureAwait(false);
            await output.WriteLineAsync($"Purged {due.Count} erasures: {counts}.").ConfigureAwait(false);
        }
        catch (LandingCorruptException damaged)
        {
            throw new StartupException($"{damaged.Message} The purge is not complete; what it needs to be made again is kept.");
        }

        return pending == 0 ? 0 : 1;

        // Tables that are being made anew still need what the files say of it.
        bool IsDue(Erasure erasure) => erasure.State == ErasureState.Forgotten && erasure.ModelGeneration == generation;
    }

    // The file at hand on standard error where that is a terminal, nothing elsewhere.
    private static async Task<PurgeCounts> ShowAsync(Func<Action<string>, Task<PurgeCounts>> run)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        if (Console.IsErrorRedirected || !console.Profile.Capabilities.Ansi) return await run(_ => { }).ConfigureAwait(false);
        var files = 0;
        return await console.Status().StartAsync(
            "Looking for what is to go …", context => run(file => context.Status($"{++files:N0} files done: {file.EscapeMarkup()}"))).ConfigureAwait(false);
    }
}
