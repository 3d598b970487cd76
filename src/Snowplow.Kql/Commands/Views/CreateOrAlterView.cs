using Snowplow.Kql.Commands.Core;

namespace Snowplow.Kql.Commands.Views;

/// <summary><c>.create-or-alter materialized-view</c>.</summary>
internal static class CreateOrAlterView
{
    public static readonly CommandForm Form = new(
        "create-or-alter materialized-view",
        ".create-or-alter materialized-view [with (docString = '…', folder = '…')] V on table T { T | summarize … }",
        "Makes a view, in the place of the one of that name.",
        Read);

    private static CommandAction Read(CommandReader reader) => ViewDeclaration.Read(reader).Put;
}
