using Snowplow.Kql.Binding;
using Snowplow.Kql.Binding.Expressions;
using Snowplow.Kql.Data;
using Snowplow.Kql.Plan;
using Snowplow.Kql.Syntax;

namespace Snowplow.Kql.Operators;

/// <summary><c>project-rename</c>: other names, the same places.</summary>
internal static class ProjectRename
{
    public static PlanNode Bind(ProjectRenameSyntax syntax, PlanNode input)
    {
        var renamed = new Dictionary<ColumnSymbol, string>();
        foreach (var item in syntax.Items)
        {
            if (item is not NamedSyntax { Names: [var name], Expression: NameSyntax old }) throw BindFailure.Semantic("SEM0104", "Expected new_name = old_name", item.Span);
            var column = input.Schema.Find(old.Name) ?? throw BindFailure.Unresolved("column", old.Name, old.Span);
            renamed[column] = name;
        }

        foreach (var name in renamed.Values)
            if (input.Schema.Any(column => column.Name == name && !renamed.ContainsKey(column))) throw BindFailure.Semantic("SEM0201", $"There is a column '{name}' already", syntax.Span);
        return new Project(
            input, [.. input.Schema.Select(column => (renamed.TryGetValue(column, out var name) ? new ColumnSymbol(name, column.Type) : column, (BoundExpression)new ColumnExpression(column)))]);
    }
}
