using Snowplow.Kql;
using Snowplow.Kql.Commands;
using Snowplow.Kql.Data;

namespace Snowplow.Silo.Kusto;

/// <summary>Runs management commands on the database of the server, one text after the other, and keeps what they make of it.</summary>
/// <exception cref="KqlException">One cannot be done; then none of the text is.</exception>
internal delegate CommandOutcome CommandRunner(string text, QueryOptions options, CancellationToken stop);

/// <summary>Runs management commands that may look, and change nothing.</summary>
internal static class ReadOnlyCommands
{
    /// <summary>Runs the commands of a text on a snapshot.</summary>
    /// <exception cref="KqlException">One cannot be done, or would change the database.</exception>
    public static CommandOutcome Run(Database database, string text, QueryOptions options, CancellationToken stop)
    {
        var outcome = new CommandEngine(database).Run(text, options, stop);
        return ReferenceEquals(outcome.Database, database)
            ? outcome
            : throw new KqlException(KqlErrorKind.Semantic, "The command changes the database, and nothing may be changed here: send it to /v1/rest/mgmt, without the request property request_readonly");
    }
}
