using Snowplow.Kql.Commands.Core;

namespace Snowplow.Kql.Commands.Functions;

/// <summary><c>.create-or-alter function</c>.</summary>
internal static class CreateOrAlterFunction
{
    public static readonly CommandForm Form = new(
        "create-or-alter function",
        ".create-or-alter function [with (docstring = '…', folder = '…', skipvalidation = true)] f(parameter:type, …) { body }",
        "Makes a function, in the place of the one of that name.",
        Read);

    private static CommandAction Read(CommandReader reader) => FunctionDeclaration.Read(reader).Put;
}
