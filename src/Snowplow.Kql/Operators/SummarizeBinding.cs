using Snowplow.Kql.Aggregates;
using Snowplow.Kql.Binding;
using Snowplow.Kql.Binding.Expressions;
using Snowplow.Kql.Data;
using Snowplow.Kql.Plan;
using Snowplow.Kql.Syntax;

namespace Snowplow.Kql.Operators;

/// <summary>Binds summarize: keys, aggregates, and expressions over aggregates, which are computed of their results.</summary>
internal static class SummarizeBinding
{
    public static PlanNode Bind(SummarizeSyntax syntax, PlanNode input, Binder binder)
    {
        var keys = Keys(syntax.By ?? [], input, binder);
        return Bind(syntax.Aggregates, keys, input, binder);
    }

    /// <summary>Group keys with their names; dynamic values are no keys.</summary>
    public static List<(ColumnSymbol Column, BoundExpression Expression)> Keys(IReadOnlyList<ExpressionSyntax> syntax, PlanNode input, Binder binder)
    {
        var keys = ProjectItems.Bind(syntax, input, binder, "Column", countsAll: false);
        for (var i = 0; i < keys.Count; i++)
        {
            if (keys[i].Expression.Type == KqlType.Dynamic)
                throw BindFailure.Semantic("SEM0121", "A dynamic value is no group key: put tostring(), tolong() or another of the to-functions around it", syntax[Math.Min(i, syntax.Count - 1)].Span);
            // A key is a column of its own, even where it is one of the input under the same name.
            keys[i] = (new ColumnSymbol(keys[i].Column.Name, keys[i].Expression.Type), keys[i].Expression);
        }

        return keys;
    }

    /// <summary>Aggregates over groups.</summary>
    public static PlanNode Bind(IReadOnlyList<ExpressionSyntax> items, List<(ColumnSymbol Column, BoundExpression Expression)> keys, PlanNode input, Binder binder)
    {
        var groups = keys.GroupBy(key => key.Column.Name, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.First().Column, StringComparer.Ordinal);
        var collector = new AggregateCollector(binder.Expressions(input), groups, input.Schema);
        var outer = new ExpressionBinder(binder, new RowSchema([])) { Aggregates = collector };
        var taken = keys.Select(key => key.Column.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var item in items.OfType<NamedSyntax>()) taken.UnionWith(item.Names);
        var columns = keys.Select(key => (key.Column, (BoundExpression)new ColumnExpression(key.Column))).ToList();
        var unnamed = 0;
        foreach (var item in items)
        {
            var names = item is NamedSyntax named ? named.Names : [];
            var expression = item is NamedSyntax inner ? inner.Expression : item;
            if (expression is CallSyntax call && AggregateTable.Find(call.Name) is { } aggregate && binder.Scope.Find(call.Name) is null)
            {
                var results = collector.AddAll(aggregate, call);
                for (var i = 0; i < results.Length; i++)
                {
                    var name = i < names.Count ? names[i] : ColumnNames.Unique(results[i].Name, taken);
                    taken.Add(name);
                    columns.Add((new ColumnSymbol(name, results[i].Type), new ColumnExpression(results[i])));
                }
            }
            else
            {
                var bound = outer.Bind(expression);
                var name = names.Count > 0 ? names[0] : Unnamed();
                taken.Add(name);
                columns.Add((new ColumnSymbol(name, bound.Type), bound));
            }
        }

        // Keys and aggregates without a name are numbered together.
        string Unnamed()
        {
            while (taken.Contains($"Column{++unnamed}"))
            {
            }

            return $"Column{unnamed}";
        }

        var duplicate = columns.GroupBy(column => column.Item1.Name, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1);
        if (duplicate is not null && items.Count + keys.Count > 0) throw BindFailure.Semantic("SEM0201", $"The column '{duplicate.Key}' is there twice: give one of them another name", (items.Count > 0 ? items[0] : new StarSyntax(default)).Span);
        return new Project(new Summarize(input, keys, collector.Aggregates), columns);
    }
}
