using Snowplow.Kql.Plan;
using Snowplow.Kql.Syntax;

namespace Snowplow.Kql.Binding;

/// <summary>The query of what takes the rows of one.</summary>
internal static class SingleQuery
{
    /// <summary>The plan of the statements' only query.</summary>
    public static PlanNode Bind(Binder binder, IReadOnlyList<StatementSyntax> statements, TextSpan place)
    {
        PlanNode? plan = null;
        foreach (var bound in binder.BindStatements(statements)) plan = plan is null ? bound : throw BindFailure.Semantic("SEM0308", "Expected one query, and there are several", place);
        return plan ?? throw BindFailure.Semantic("SEM0308", "Expected a query", place);
    }
}
