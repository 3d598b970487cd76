using Snowplow.Kql.Data;
using Snowplow.Kql.Plan;
using Snowplow.Kql.Syntax;

namespace Snowplow.Kql.Operators;

/// <summary><c>project-reorder</c>: the columns named first, then the others; those of a pattern in the order asked for.</summary>
internal static class ProjectReorder
{
    public static PlanNode Bind(ProjectReorderSyntax syntax, PlanNode input)
    {
        var ordered = new List<ColumnSymbol>();
        foreach (var item in syntax.Items)
        {
            var columns = ProjectNames.Matching(item.Expression, input.Schema).Where(column => !ordered.Contains(column)).ToList();
            if (item.IsAscending is { } isAscending)
            {
                columns.Sort((a, b) => string.CompareOrdinal(a.Name, b.Name));
                if (!isAscending) columns.Reverse();
            }

            ordered.AddRange(columns);
        }

        return Project.Only(input, ordered.Concat(input.Schema.Where(column => !ordered.Contains(column))));
    }
}
