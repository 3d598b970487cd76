using Snowplow.Kql.Binding;
using Snowplow.Kql.Plan;
using Snowplow.Kql.Syntax;

namespace Snowplow.Kql.Operators;

/// <summary><c>render</c>: says how the result is to be drawn; the rows stay as they are.</summary>
internal static class Render
{
    public static PlanNode Bind(RenderSyntax syntax, PlanNode input, Binder binder)
    {
        var properties = syntax.Properties.ToDictionary(property => property.Name, property => Value(property.Value, binder), StringComparer.Ordinal);
        binder.Visualization = new Visualization(syntax.Kind, properties);
        return input;
    }

    private static object? Value(ExpressionSyntax syntax, Binder binder) => syntax switch
    {
        NameSyntax name => name.Name,
        CallSyntax { Name: "" } list => list.Arguments.Select(item => Value(item, binder)).ToArray(),
        _ => binder.Constant(syntax),
    };
}
