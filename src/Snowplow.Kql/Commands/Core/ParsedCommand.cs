using Snowplow.Kql.Operators;
using Snowplow.Kql.Syntax;

namespace Snowplow.Kql.Commands.Core;

/// <summary>A command that was read: what it does, and the operators behind it.</summary>
internal sealed record ParsedCommand(CommandForm Form, CommandAction Action, IReadOnlyList<OperatorSyntax> Operators)
{
    /// <summary>Does it.</summary>
    public ResultTable Run(CommandRun run)
    {
        run.Cancellation.ThrowIfCancellationRequested();
        var result = Action(run);
        if (Operators.Count == 0) return result;
        var binder = run.Binder();
        var plan = binder.BindOperators(new Scan(CommandRows.ToTable(result)), Operators);
        return KqlEngine.Run(plan, result.Name, binder.Visualization, binder.Context);
    }
}
