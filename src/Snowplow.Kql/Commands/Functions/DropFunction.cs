using Snowplow.Kql.Binding;
using Snowplow.Kql.Commands.Core;

namespace Snowplow.Kql.Commands.Functions;

/// <summary><c>.drop function</c>.</summary>
internal static class DropFunction
{
    public static readonly CommandForm Form = new("drop function *", ".drop function f [ifexists]", "Removes a function.", Read);

    private static CommandAction Read(CommandReader reader)
    {
        var name = reader.Name("the name of a function");
        var mayLack = reader.TryWord("ifexists");
        return run =>
        {
            if (!mayLack && !run.Catalog.Functions.ContainsKey(name.Text)) throw BindFailure.Unresolved("function", name.Text, name.Span);
            run.Change(run.Catalog with { Functions = run.Catalog.Functions.Remove(name.Text) });
            return CommandRows.OfTexts(["Name"], [[name.Text]]);
        };
    }
}
