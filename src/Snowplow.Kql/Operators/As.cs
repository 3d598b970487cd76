using Snowplow.Kql.Binding;
using Snowplow.Kql.Data;
using Snowplow.Kql.Plan;
using Snowplow.Kql.Syntax;

namespace Snowplow.Kql.Operators;

/// <summary><c>as</c>: names the rows for what stands behind; named there, they are kept.</summary>
internal static class As
{
    public static PlanNode Bind(AsSyntax syntax, PlanNode input, Binder binder)
    {
        Table? table = null;
        binder.Scope.Set(syntax.Name, new TableBinding(() => new Scan(table ??= binder.ToTable(syntax.Name, input))));
        return input;
    }
}
