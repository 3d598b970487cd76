using System.IO.Enumeration;
using Snowplow.Kql.Binding;
using Snowplow.Kql.Data;
using Snowplow.Kql.Plan;
using Snowplow.Kql.Syntax;

namespace Snowplow.Kql.Operators;

/// <summary><c>project-away</c>, <c>project-keep</c>: columns by name or pattern, in the order of the input.</summary>
internal static class ProjectNames
{
    public static PlanNode Bind(ProjectNamesSyntax syntax, PlanNode input)
    {
        var named = syntax.Items.SelectMany(item => Matching(item, input.Schema)).ToHashSet();
        var kept = input.Schema.Where(column => named.Contains(column) == syntax.IsKept).ToList();
        if (kept.Count == 0) throw BindFailure.Semantic("SEM0202", "No column is left", syntax.Span);
        return Project.Only(input, kept);
    }

    /// <summary>The columns that a name or pattern means.</summary>
    public static IEnumerable<ColumnSymbol> Matching(ExpressionSyntax syntax, RowSchema schema) => syntax switch
    {
        NameSyntax name => [schema.Find(name.Name) ?? throw BindFailure.Unresolved("column", name.Name, name.Span)],
        PatternSyntax pattern => schema.Where(column => FileSystemName.MatchesSimpleExpression(pattern.Pattern, column.Name, ignoreCase: false)),
        _ => throw BindFailure.Semantic("SEM0104", "Expected the name of a column", syntax.Span),
    };
}
