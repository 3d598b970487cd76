using Snowplow.Kql.Binding;
using Snowplow.Kql.Data;
using Snowplow.Kql.Plan;
using Snowplow.Kql.Syntax;

namespace Snowplow.Kql.Operators;

/// <summary><c>project-by-names</c>: columns by names that are values, with wildcards; names of no column are passed over.</summary>
internal static class ProjectByNames
{
    public static PlanNode Bind(ProjectByNamesSyntax syntax, PlanNode input, Binder binder)
    {
        var kept = new List<ColumnSymbol>();
        foreach (var item in syntax.Items)
        {
            var value = binder.Constant(item);
            foreach (var name in value as object?[] ?? [value])
            {
                if (name is not string pattern) throw BindFailure.Semantic("SEM0104", "Expected names of columns", item.Span);
                kept.AddRange(ProjectNames.Matching(new PatternSyntax(item.Span, pattern), input.Schema).Where(column => !kept.Contains(column)));
            }
        }

        return Project.Only(input, kept);
    }
}
