using Snowplow.Kql.Binding;
using Snowplow.Kql.Commands.Core;

namespace Snowplow.Kql.Commands.Functions;

/// <summary><c>.show function</c>.</summary>
internal static class ShowFunction
{
    public static readonly CommandForm Form = new("show function *", ".show function f", "A stored function.", Read);

    private static CommandAction Read(CommandReader reader)
    {
        var name = reader.Name("the name of a function");
        return run => FunctionRows.Of(run.Catalog.Functions.GetValueOrDefault(name.Text) ?? throw BindFailure.Unresolved("function", name.Text, name.Span));
    }
}
