using Snowplow.Kql.Aggregates.Core;
using Snowplow.Kql.Binding;
using Snowplow.Kql.Binding.Expressions;
using Snowplow.Kql.Data;
using Snowplow.Kql.Execution;
using Snowplow.Kql.Functions.Core;
using Snowplow.Kql.Plan;
using Snowplow.Kql.Syntax;

namespace Snowplow.Kql.Operators;

/// <summary>
/// <c>top-nested</c>: the best values of an expression by an aggregate, within each of them the best values of a second one, and so on. With
/// <c>others</c> a row behind them has the aggregate of all rows that are not among the best; the levels below it are empty there.
/// </summary>
internal sealed class TopNested(RowSchema schema, IReadOnlyList<TopNested.Level> levels) : PlanNode(schema)
{
    public static PlanNode Bind(TopNestedSyntax syntax, PlanNode input, Binder binder)
    {
        var table = binder.ToTable("top-nested", input);
        var levels = new List<Level>();
        var columns = new List<ColumnSymbol>();
        for (var i = 0; i < syntax.Clauses.Count; i++)
        {
            var clause = syntax.Clauses[i];
            var scan = new Scan(table);
            var keys = SummarizeBinding.Keys([.. syntax.Clauses.Take(i + 1).Select(outer => outer.Of)], scan, binder);
            var name = clause.By is NamedSyntax named ? named.Names[0] : $"aggregated_{keys[^1].Column.Name}";
            var aggregate = new NamedSyntax(clause.By.Span, [name], clause.By is NamedSyntax inner ? inner.Expression : clause.By);
            var plan = SummarizeBinding.Bind([aggregate], keys, scan, binder);
            levels.Add(new Level(plan, clause.Count is null ? long.MaxValue : Take.Number(clause.Count, binder), clause.IsAscending, Rest(syntax, i, aggregate, keys[^1].Column.Type, table, binder)));
            columns.Add(new ColumnSymbol(keys[^1].Column.Name, keys[^1].Column.Type));
            columns.Add(new ColumnSymbol(name, plan.Schema[plan.Schema.Count - 1].Type));
        }

        return new TopNested(new RowSchema(columns), levels);
    }

    public override IReadOnlyList<IEnumerable<Batch>> Open(QueryContext context)
    {
        var tables = levels.Select(level => level.Plan.Whole(context)).ToList();
        // For each level the rows by the keys of the levels before, the best of them in order.
        var children = tables.Select((table, i) => Enumerable.Range(0, table.RowCount)
            .GroupBy(row => Key(table, row, i), StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => Best(table, group, i).ToArray(), StringComparer.Ordinal)).ToList();
        var others = levels.Select((level, i) => level.Others?.Read(tables[i], children[i].Values.SelectMany(rows => rows), context)).ToList();
        var rows = new List<object?[]>();
        Add(0, "", new object?[Schema.Count]);
        return [[new Batch(Schema, [.. Schema.Select((column, i) => Columns.Of(column.Type, [.. rows.Select(row => row[i])]))], rows.Count)]];

        void Add(int level, string parent, object?[] row)
        {
            if (level == levels.Count)
            {
                rows.Add((object?[])row.Clone());
                return;
            }

            foreach (var child in children[level].GetValueOrDefault(parent) ?? [])
            {
                row[2 * level] = tables[level][level].Box(child);
                row[(2 * level) + 1] = tables[level][level + 1].Box(child);
                Add(level + 1, Key(tables[level], child, level + 1), row);
            }

            if (others[level]?.TryGetValue(parent, out var rest) is true)
            {
                row[2 * level] = levels[level].Others!.Name;
                row[(2 * level) + 1] = rest;
                for (var below = 2 * (level + 1); below < row.Length; below++) row[below] = Schema[below].Type == KqlType.String ? "" : null;
                rows.Add((object?[])row.Clone());
            }
        }
    }

    // The aggregate over the rows whose key of this level is not among the best, by the keys of the levels before.
    private static Remainder? Rest(TopNestedSyntax syntax, int level, NamedSyntax aggregate, KqlType type, Table table, Binder binder)
    {
        if (syntax.Clauses[level].Others is not { } others) return null;
        var best = new HashSet<string>(StringComparer.Ordinal);
        var scan = new Scan(table);
        var keys = SummarizeBinding.Keys([.. syntax.Clauses.Take(level + 1).Select(outer => outer.Of)], scan, binder);
        var isOther = new CallExpression("others", KqlType.Bool, Kernels.OfRow(KqlType.Bool, row => !best.Contains(Key(row))), [.. keys.Select(key => key.Expression)], FunctionTraits.RowByRow);
        var rest = new Where(scan, isOther);
        var parents = SummarizeBinding.Keys([.. syntax.Clauses.Take(level).Select(outer => outer.Of)], rest, binder);
        return new Remainder(binder.Constant(others, type), SummarizeBinding.Bind([aggregate], parents, rest, binder), level, best);
    }

    private static string Key(Batch table, int row, int count) => Key([.. Enumerable.Range(0, count).Select(i => table[i].Box(row))]);

    private static string Key(object?[] values) => values.Length == 0 ? "" : DynamicJson.Text(values.Select(DynamicValue.Of).ToArray());

    private IEnumerable<int> Best(Batch table, IEnumerable<int> rows, int level)
    {
        var by = table[level + 1];
        var sign = levels[level].IsAscending ? 1 : -1;
        return rows
            .OrderBy(row => by.IsNull(row) ? 1 : 0)
            .ThenBy(row => row, Comparer<int>.Create((a, b) => by.IsNull(a) || by.IsNull(b) ? 0 : ValueOrder.Compare(by, a, by, b) * sign))
            .Take((int)Math.Min(int.MaxValue, levels[level].Count));
    }

    /// <summary>A level: its values with their aggregates, and how many of them are wanted.</summary>
    internal sealed record Level(PlanNode Plan, long Count, bool IsAscending, Remainder? Others);

    /// <summary>What is not among the best of a level: the name that it gets, and a plan whose rows depend on the keys that are put in the set before.</summary>
    internal sealed record Remainder(object? Name, PlanNode Plan, int Parents, HashSet<string> Best)
    {
        /// <summary>The aggregates by the keys of the levels before; none where nothing is left.</summary>
        public Dictionary<string, object?> Read(Batch level, IEnumerable<int> best, QueryContext context)
        {
            var kept = 0;
            foreach (var row in best)
            {
                Best.Add(Key(level, row, Parents + 1));
                kept++;
            }

            var values = new Dictionary<string, object?>(StringComparer.Ordinal);
            if (kept == level.RowCount) return values;
            var rest = Plan.Whole(context);
            for (var row = 0; row < rest.RowCount; row++) values[Key(rest, row, Parents)] = rest[Parents].Box(row);
            return values;
        }
    }
}
