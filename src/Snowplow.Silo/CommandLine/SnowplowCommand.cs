using System.CommandLine;
using System.CommandLine.Help;
using Snowplow.Silo.CheckConfig;
using Snowplow.Silo.Conversion;
using Snowplow.Silo.EnrichFilter;
using Snowplow.Silo.Export;
using Snowplow.Silo.Forget;
using Snowplow.Silo.Lint;
using Snowplow.Silo.Purge;
using Snowplow.Silo.Query;
using Snowplow.Silo.Rebuild;
using Snowplow.Silo.Remodel;
using Snowplow.Silo.Replay;
using Snowplow.Silo.Serve;
using Snowplow.Silo.Simulate;

namespace Snowplow.Silo.CommandLine;

/// <summary>The command line <c>snowplow</c>: its commands, and what is meant when none is named.</summary>
internal static class SnowplowCommand
{
    /// <summary>Exit code for arguments that make no sense.</summary>
    public const int UsageError = 2;

    /// <summary>Exit code for a command that was interrupted before its end: 128 and the signal's number.</summary>
    private const int Interrupted = 130;

    /// <summary>How long a command may take to end once the process is told to; then it is ended.</summary>
    private static readonly TimeSpan DrainTimeout = TimeSpan.FromSeconds(60);

    private const string Description = """
        Behavioural analytics from Snowplow trackers: collects, validates, enriches and models events into users and sessions.

        Without a command, 'snowplow' serves.
        """;

    private const string Examples = """
        snowplow                                       serve on http://localhost:8080, data in ./data
        snowplow serve --data /var/lib/snowplow
        snowplow simulate --users 1000 --rate 500 --duration 1m
        """;

    /// <summary>Runs what the arguments say and returns the exit code; complaints go to standard error.</summary>
    public static async Task<int> Run(IReadOnlyList<string> args)
    {
        var result = Parse(args);
        if (result.Errors.Count > 0)
        {
            foreach (var complaint in Complaints(result))
                await Console.Error.WriteLineAsync(complaint).ConfigureAwait(false);
            var command = result.CommandResult.Command is RootCommand ? "snowplow" : $"snowplow {result.CommandResult.Command.Name}";
            await Console.Error.WriteLineAsync($"See '{command} --help'.").ConfigureAwait(false);
            return UsageError;
        }

        try
        {
            var invocation = new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = DrainTimeout };
            return await result.InvokeAsync(invocation).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is StartupException or IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync($"snowplow: {exception.Message}").ConfigureAwait(false);
            return 1;
        }
        catch (OperationCanceledException)
        {
            return Interrupted;
        }
    }

    /// <summary>Parses the arguments. Without a command they are those of <c>serve</c>.</summary>
    public static ParseResult Parse(IReadOnlyList<string> args)
    {
        var root = new RootCommand(Description)
        {
            ServeCommand.Create(), EnrichCommand.Create(), ConvertCommand.Create(), LintCommand.Create(), ReplayCommand.Create(),
            RemodelCommand.Create(), RebuildCommand.Create(), ForgetCommand.Create(), PurgeCommand.Create(),
            QueryCommand.Create(), ExportCommand.Create(), IngestCommand.Create(), CheckConfigCommand.Create(), ReadyCommand.Create(), SimulateCommand.Create(), VersionCommand.Create(),
        };
        var help = root.Options.OfType<HelpOption>().Single();
        help.Action = new HelpWithExamples((HelpAction)help.Action!, new Dictionary<string, string>
        {
            [root.Name] = Examples,
            [ServeCommand.Name] = ServeCommand.Examples,
            [EnrichCommand.Name] = EnrichCommand.Examples,
            [ConvertCommand.Name] = ConvertCommand.Examples,
            [LintCommand.Name] = LintCommand.Examples,
            [ReplayCommand.Name] = ReplayCommand.Examples,
            [RemodelCommand.Name] = RemodelCommand.Examples,
            [RebuildCommand.Name] = RebuildCommand.Examples,
            [ForgetCommand.Name] = ForgetCommand.Examples,
            [PurgeCommand.Name] = PurgeCommand.Examples,
            [QueryCommand.Name] = QueryCommand.Examples,
            [ExportCommand.Name] = ExportCommand.Examples,
            [IngestCommand.Name] = IngestCommand.Examples,
            [CheckConfigCommand.Name] = CheckConfigCommand.Examples,
            [ReadyCommand.Name] = ReadyCommand.Examples,
            [SimulateCommand.Name] = SimulateCommand.Examples,
        });
        return root.Parse(NamesCommand(args) ? args : [ServeCommand.Name, .. args]);
    }

    private static IEnumerable<string> Complaints(ParseResult result) =>
        result is { CommandResult.Command: RootCommand root, UnmatchedTokens: [var unknown, ..] }
            ? [$"'{unknown}' is no command of snowplow. Commands are {string.Join(", ", root.Subcommands.Select(command => command.Name))}."]
            : result.Errors.Select(error => error.Message);

    private static bool NamesCommand(IReadOnlyList<string> args) =>
        args.Count > 0 && (!args[0].StartsWith('-') || args[0] is "--help" or "-h" or "-?" or "--version");
}
