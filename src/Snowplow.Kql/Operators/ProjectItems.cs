using Snowplow.Kql.Binding;
using Snowplow.Kql.Binding.Expressions;
using Snowplow.Kql.Data;
using Snowplow.Kql.Functions;
using Snowplow.Kql.Plan;
using Snowplow.Kql.Syntax;

namespace Snowplow.Kql.Operators;

/// <summary>Binds lists of expressions that become columns.</summary>
internal static class ProjectItems
{
    /// <summary>A column for each item; several for a function with several results.</summary>
    /// <param name="items">The expressions.</param>
    /// <param name="input">Where their columns come from; null for none.</param>
    /// <param name="binder">The binder.</param>
    /// <param name="prefix">What columns without a name are called, with a number.</param>
    /// <param name="countsAll">Whether the number counts all columns from 0, or from 1 those without a name.</param>
    public static List<(ColumnSymbol Column, BoundExpression Expression)> Bind(
        IReadOnlyList<ExpressionSyntax> items, PlanNode? input, Binder binder, string prefix, bool countsAll)
    {
        var expressions = binder.Expressions(input);
        var bound = new List<(ColumnSymbol, BoundExpression)>();
        var taken = items.OfType<NamedSyntax>().SelectMany(named => named.Names).ToHashSet(StringComparer.Ordinal);
        var unnamed = 0;
        foreach (var item in items)
        {
            if (item is StarSyntax && input is not null)
            {
                bound.AddRange(input.Schema.Select(column => (column, (BoundExpression)new ColumnExpression(column))));
                continue;
            }

            var expression = expressions.Bind(item);
            var names = item is NamedSyntax named ? named.Names : null;
            if (SeveralResults.Find(item) is { } several)
            {
                // The first names are for the first results; the others are called by the function, and print leaves them out.
                var shared = new SharedExpression(expression);
                var count = countsAll && names is not null ? names.Count : several.Results.Count;
                bound.AddRange(several.Select((result, i) => (new ColumnSymbol(names?.ElementAtOrDefault(i) ?? several.Name(item, i, expressions.Schema), result.Type), several.Member(shared, i))).Take(count));
                continue;
            }

            if (names is { Count: > 1 })
            {
                // (a, b) = an array: its items.
                bound.AddRange(names.Select((name, i) => (new ColumnSymbol(name, KqlType.Dynamic), DynamicAccess.Index(expression, new ConstantExpression(new Literal(KqlType.Long, (long)i)))
                    ?? throw BindFailure.Semantic("SEM0104", "Several names need a function with several results or a dynamic array", item.Span))));
                continue;
            }

            var name = ColumnNames.Of(item, expressions.Schema);
            if (expression is ColumnExpression own && (names is null || names[0] == own.Column.Name) && name == own.Column.Name && !bound.Exists(other => other.Item1 == own.Column))
            {
                bound.Add((own.Column, own));
                continue;
            }

            if (countsAll && names is null) name = null;
            name ??= ColumnNames.Unique($"{prefix}{(countsAll ? bound.Count : ++unnamed)}", taken);
            bound.Add((new ColumnSymbol(name, expression.Type), expression));
        }

        return bound;
    }
}
