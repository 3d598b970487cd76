using Snowplow.Kql.Binding;
using Snowplow.Kql.Commands.Core;

namespace Snowplow.Kql.Commands.Functions;

/// <summary><c>.alter function</c>.</summary>
internal static class AlterFunction
{
    public static readonly CommandForm Form = new(
        "alter function", ".alter function [with (…)] f(parameter:type, …) { body }", "Puts another function in the place of one that is there.", Read);

    private static CommandAction Read(CommandReader reader)
    {
        var declared = FunctionDeclaration.Read(reader);
        return run => run.Catalog.Functions.ContainsKey(declared.Function.Name) ? declared.Put(run) : throw BindFailure.Unresolved("function", declared.Function.Name, declared.Name.Span);
    }
}
