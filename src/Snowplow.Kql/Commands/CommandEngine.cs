using Snowplow.Kql.Commands.Core;
using Snowplow.Kql.Data;
using Snowplow.Kql.Execution;
using Snowplow.Kql.Syntax;

namespace Snowplow.Kql.Commands;

/// <summary>
/// Runs control commands on a database. A database does not change: what commands make of it comes back with their results, and belongs in its place.
/// Who keeps a database for several sessions runs their commands one after the other.
/// </summary>
/// <param name="database">The database before the commands.</param>
public sealed class CommandEngine(Database database)
{
    /// <summary>Whether bodies of functions are bound when they are made, so that errors in them are told then; they are bound at each call anyhow.</summary>
    public bool IsValidating { get; init; } = true;

    /// <summary>Whether a text begins with a control command rather than a query.</summary>
    public static bool IsCommand(string text) => Script.IsCommand(text);

    /// <summary>Whether some command of a text may change the database; what only looks, or writes a file, needs no turn. True of a text that is wrong.</summary>
    public static bool Changes(string text)
    {
        try
        {
            return Parse(text).Exists(command => command.Form.Changes);
        }
        catch (KqlException)
        {
            return true;
        }
    }

    /// <summary>Runs the commands of a text: all or, where one of them fails, none; but files that were written stay.</summary>
    /// <param name="text">Commands, each beginning on a line of its own; operators of queries may stand behind one.</param>
    /// <param name="options">Limits of the queries in it.</param>
    /// <param name="cancellation">Ends the run.</param>
    /// <exception cref="KqlException">One cannot be done.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public CommandOutcome Run(string text, QueryOptions options, CancellationToken cancellation = default)
    {
        var run = new CommandRun(database, options, cancellation) { IsValidating = IsValidating };
        return QueryFailures.Told(() => new CommandOutcome([.. Parse(text).Select(command => command.Run(run))], run.Database, run.RowChanges));
    }

    private static List<ParsedCommand> Parse(string text)
    {
        var diagnostics = new List<Diagnostic>();
        var commands = Script.Split(text, 0, diagnostics).Select(tokens => CommandParser.Parse(text, tokens, diagnostics)).ToList();
        return diagnostics.Count == 0 ? [.. commands.OfType<ParsedCommand>()] : throw new KqlException(KqlErrorKind.Syntax, [.. diagnostics.OrderBy(diagnostic => diagnostic.Span.Start)]);
    }
}
