using Snowplow.Kql.Commands.Core;

namespace Snowplow.Kql.Commands;

/// <summary>A control command: what it begins with, and what reads the rest of it.</summary>
/// <param name="Words">The words that it begins with, without the dot; a star stands for a name or a list of them.</param>
/// <param name="Usage">Its whole form, for the documentation and for errors.</param>
/// <param name="Summary">What it does, as a sentence.</param>
/// <param name="Read">Reads what stands behind the words before the first star, and gives what the command does. Nothing is run by it.</param>
internal sealed record CommandForm(string Words, string Usage, string Summary, Func<CommandReader, CommandAction> Read)
{
    /// <summary>Whether it may change the database.</summary>
    public bool Changes => Words != "export" && !Words.StartsWith("show ", StringComparison.Ordinal);
}

/// <summary>Does what a command says.</summary>
/// <param name="run">The database, which it may change, and limits.</param>
/// <returns>The rows that Kusto answers with.</returns>
internal delegate ResultTable CommandAction(CommandRun run);
