using Snowplow.Kql.Binding;
using Snowplow.Kql.Data;
using Snowplow.Kql.Plan;
using Snowplow.Kql.Syntax;

namespace Snowplow.Kql.Operators;

/// <summary><c>print</c>: one row of values.</summary>
internal static class Print
{
    private static readonly MemoryTable OneRow = new("print", [], [], 1);

    public static PlanNode Bind(PrintSyntax syntax, Binder binder)
    {
        var items = ProjectItems.Bind(syntax.Items, null, binder, "print_", countsAll: true);
        Project.RequireDifferentNames(items, syntax.Span);
        var source = new Serialize(new Scan(OneRow));
        return new Project(source, items);
    }
}
