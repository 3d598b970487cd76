using Snowplow.Kql.Binding;
using Snowplow.Kql.Commands.Core;

namespace Snowplow.Kql.Commands.Functions;

/// <summary><c>.create function</c>.</summary>
internal static class CreateFunction
{
    public static readonly CommandForm Form = new(
        "create function",
        ".create function [ifnotexists] [with (docstring = '…', folder = '…', skipvalidation = true)] f(parameter:type, …) { body }",
        "Makes a function, which must not be there yet.",
        Read);

    private static CommandAction Read(CommandReader reader)
    {
        var declared = FunctionDeclaration.Read(reader);
        return run =>
        {
            if (!run.Catalog.Functions.TryGetValue(declared.Function.Name, out var known)) return declared.Put(run);
            return declared.MayBeThere ? FunctionRows.Of(known) : throw BindFailure.Semantic("SEM0303", $"There is a function '{known.Name}': use .create-or-alter function", declared.Name.Span);
        };
    }
}
