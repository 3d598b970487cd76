using Snowplow.Kql.Aggregates.Core;
using Snowplow.Kql.Binding;
using Snowplow.Kql.Data;
using Snowplow.Kql.Execution;
using Snowplow.Kql.Plan;
using Snowplow.Kql.Syntax;

namespace Snowplow.Kql.Operators;

/// <summary>
/// <c>top-nested</c>: the best values of an expression by an aggregate, within each of them the best values of a second one, and so on.
/// </summary>
internal sealed class TopNested(RowSchema schema, IReadOnlyList<(PlanNode Plan, long Count, bool IsAscending)> levels) : PlanNode(schema)
{
    public static PlanNode Bind(TopNestedSyntax syntax, PlanNode input, Binder binder)
    {
        var table = binder.ToTable("top-nested", input);
        var levels = new List<(PlanNode, long, bool)>();
        var columns = new List<ColumnSymbol>();
        for (var i = 0; i < syntax.Clauses.Count; i++)
        {
            var clause = syntax.Clauses[i];
            if (clause.Others is { } others) throw BindFailure.NotSupported("top-nested with others", others.Span);
            var scan = new Scan(table);
            var keys = SummarizeBinding.Keys([.. syntax.Clauses.Take(i + 1).Select(outer => outer.Of)], scan, binder);
            var name = clause.By is NamedSyntax named ? named.Names[0] : $"aggregated_{keys[^1].Column.Name}";
            var plan = SummarizeBinding.Bind([new NamedSyntax(clause.By.Span, [name], clause.By is NamedSyntax inner ? inner.Expression : clause.By)], keys, scan, binder);
            levels.Add((plan, clause.Count is null ? long.MaxValue : Take.Number(clause.Count, binder), clause.IsAscending));
            columns.Add(new ColumnSymbol(keys[^1].Column.Name, keys[^1].Column.Type));
            columns.Add(new ColumnSymbol(name, plan.Schema[plan.Schema.Count - 1].Type));
        }

        return new TopNested(new RowSchema(columns), levels);
    }

    public override IReadOnlyList<IEnumerable<Batch>> Open(QueryContext context)
    {
        var tables = levels.Select(level => Parts.Whole(level.Plan.Schema, level.Plan.Open(context), context)).ToList();
        // For each level the rows by the keys of the levels before, the best of them in order.
        var children = tables.Select((table, i) => Enumerable.Range(0, table.RowCount)
            .GroupBy(row => Key(table, row, i), StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => Best(table, group, i).ToArray(), StringComparer.Ordinal)).ToList();
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
        }
    }

    private static string Key(Batch table, int row, int count) =>
        count == 0 ? "" : DynamicJson.Text(Enumerable.Range(0, count).Select(i => DynamicValue.Of(table[i].Box(row))).ToArray());

    private IEnumerable<int> Best(Batch table, IEnumerable<int> rows, int level)
    {
        var by = table[level + 1];
        var sign = levels[level].IsAscending ? 1 : -1;
        return rows
            .OrderBy(row => by.IsNull(row) ? 1 : 0)
            .ThenBy(row => row, Comparer<int>.Create((a, b) => by.IsNull(a) || by.IsNull(b) ? 0 : ValueOrder.Compare(by, a, by, b) * sign))
            .Take((int)Math.Min(int.MaxValue, levels[level].Count));
    }
}
