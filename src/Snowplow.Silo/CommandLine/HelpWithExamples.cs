using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Snowplow.Silo.CommandLine;

/// <summary>Ordinary help, followed by the examples of the command that was asked about.</summary>
/// <param name="help">Writes the ordinary help.</param>
/// <param name="examples">Examples by the command's name; each a text of lines.</param>
internal sealed class HelpWithExamples(HelpAction help, IReadOnlyDictionary<string, string> examples) : SynchronousCommandLineAction
{
    /// <inheritdoc/>
    public override bool ClearsParseErrors => true;

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        var exitCode = help.Invoke(parseResult);
        if (examples.TryGetValue(parseResult.CommandResult.Command.Name, out var lines))
            parseResult.InvocationConfiguration.Output.WriteLine($"Examples:\n  {lines.ReplaceLineEndings("\n  ")}\n");
        return exitCode;
    }
}
