using System.CommandLine;
using Snowplow.Silo.EnrichFilter;
using Snowplow.Silo.Forget;
using Snowplow.Silo.Serve;
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
        var output = result.InvocationConfiguration.Output;
        var configuration = CommandConfiguration.Build(ServeCommand.Settings(result.GetValue(Further) ?? []));
        return await StoppedPlatform.RunAsync(result.GetValue(Data)!, configuration, PurgeAsync, stop).ConfigureAwait(false);

        async Task<int> PurgeAsync(StoppedPlatform platform, CancellationToken end)
        {
            var erasures = await new ErasureFolder(platform.Blobs).AllAsync(end).ConfigureAwait(false);
            var generation = await platform.History.GenerationAsync(end).ConfigureAwait(false);
            // Tables that are being made anew still need what the files say of it.
            var due = erasures.Where(erasure => erasure.State == ErasureState.Forgotten && erasure.ModelGeneration == generation).ToList();
            var pending = erasures.Except(due).Count(erasure => erasure.State is ErasureState.Accepted or ErasureState.Forgotten);
            if (pending > 0)
                await output.WriteLineAsync($"{pending} erasures are not through yet: start the server, wait until they are forgotten, and purge again.").ConfigureAwait(false);
            if (due.Count == 0)
            {
                await output.WriteLineAsync("Nothing is to be purged.").ConfigureAwait(false);
                return pending == 0 ? 0 : 1;
            }

            try
            {
                var run = new PurgeRun(platform, due, TimeProvider.System);
                var counts = await ShowAsync(progress => run.RunAsync(progress, end)).ConfigureAwait(false);
                await output.WriteLineAsync($"Purged {due.Count} erasures: {counts}.").ConfigureAwait(false);
            }
            catch (LandingCorruptException damaged)
            {
                throw new StartupException($"{damaged.Message} The purge is not complete; what it needs to be made again is kept.");
            }

            return pending == 0 ? 0 : 1;
        }
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
