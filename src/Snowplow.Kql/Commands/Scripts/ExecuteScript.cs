using Snowplow.Kql.Binding;
using Snowplow.Kql.Commands.Core;
using Snowplow.Kql.Data;
using Snowplow.Kql.Syntax;

namespace Snowplow.Kql.Commands.Scripts;

/// <summary><c>.execute database script</c>: commands one after the other, with a row for each.</summary>
internal static class ExecuteScript
{
    public static readonly CommandForm Form = new(
        "execute database script",
        ".execute database script [with (ContinueOnErrors = true, ThrowOnErrors = true)] <| commands",
        "Runs the commands of a script; each begins on a line of its own. The first that fails ends it, unless it is to go on.",
        Read);

    private static readonly (string, KqlType)[] Columns =
        [("OperationId", KqlType.Guid), ("CommandType", KqlType.String), ("CommandText", KqlType.String), ("Result", KqlType.String), ("Reason", KqlType.String)];

    private static CommandAction Read(CommandReader reader)
    {
        var properties = reader.Properties("ContinueOnErrors", "ThrowOnErrors");
        var script = reader.Data("the commands of the script");
        var diagnostics = new List<Diagnostic>();
        var commands = Script.Split(reader.Text, script.Span.Start, diagnostics);
        if (diagnostics.Count > 0) throw Parser.Fail(diagnostics[0].Message, diagnostics[0].Span);
        return run => CommandRows.Of(Columns, Run(run, reader.Text, commands, properties));
    }

    private static List<object?[]> Run(CommandRun run, string text, IReadOnlyList<List<Token>> commands, CommandProperties properties)
    {
        var rows = new List<object?[]>();
        foreach (var tokens in commands)
        {
            var failure = Failure(run, text, tokens);
            if (failure is not null && properties.IsTrue("ThrowOnErrors")) throw failure;
            var span = TextSpan.Between(tokens[0].Span, tokens[^1].Span);
            rows.Add([Guid.NewGuid(), CommandParser.Kind(tokens), text.Substring(span.Start, span.Length), failure is null ? "Completed" : "Failed", failure?.Message ?? ""]);
            if (failure is not null && !properties.IsTrue("ContinueOnErrors")) break;
        }

        return rows;
    }

    private static Exception? Failure(CommandRun run, string text, List<Token> tokens)
    {
        var diagnostics = new List<Diagnostic>();
        try
        {
            if (CommandParser.Parse(text, tokens, diagnostics) is not { } command) return new KqlException(KqlErrorKind.Syntax, diagnostics);
            command.Run(run);
            return null;
        }
        catch (Exception failure) when (failure is BindFailure or KqlException)
        {
            return failure;
        }
    }
}
