using Snowplow.Kql.Binding;
using Snowplow.Kql.Binding.Expressions;
using Snowplow.Kql.Data;
using Snowplow.Kql.Execution;
using Snowplow.Kql.Plan;
using Snowplow.Kql.Syntax;

namespace Snowplow.Kql.Operators;

/// <summary>
/// <c>mv-expand</c>: a row for each item of an array or property of a bag; several columns go in step. Null gives one row, an empty array or bag none.
/// A type given to a column takes items that are such values, and makes null of others.
/// </summary>
internal sealed class MvExpand(
    PlanNode input, RowSchema schema, IReadOnlyList<(ColumnSymbol Column, BoundExpression Expression)> expanded, ColumnSymbol? index, long limit, bool isArrayOfPairs)
    : PlanNode(schema)
{
    public override bool IsSerialized => input.IsSerialized;

    public static PlanNode Bind(MvExpandSyntax syntax, PlanNode input, Binder binder)
    {
        var limit = syntax.Limit is null ? long.MaxValue : Take.Number(syntax.Limit, binder);
        return Bind(syntax.Parameters, syntax.Columns, limit, input, binder);
    }

    public static MvExpand Bind(IReadOnlyList<OperatorParameter> parameters, IReadOnlyList<ExpandedSyntax> columns, long limit, PlanNode input, Binder binder)
    {
        var output = input.Schema.ToList();
        var expanded = new List<(ColumnSymbol, BoundExpression)>();
        foreach (var column in columns)
        {
            var bound = binder.Scalar(column.Expression, input);
            if (bound.Type != KqlType.Dynamic) throw BindFailure.Semantic("SEM0104", $"mv-expand needs a dynamic value, not {bound.Type.Name()}", column.Expression.Span);
            var name = ColumnNames.Of(column.Expression, input.Schema) ?? ColumnNames.Unique($"Column{expanded.Count + 1}", [.. output.Select(other => other.Name)]);
            var symbol = new ColumnSymbol(name, column.Type ?? KqlType.Dynamic);
            var place = output.FindIndex(other => other.Name == name);
            if (place >= 0) output[place] = symbol;
            else output.Add(symbol);
            expanded.Add((symbol, bound));
        }

        var index = parameters.FirstOrDefault(parameter => parameter.Name == "with_itemindex")?.Value is NameSyntax named ? new ColumnSymbol(named.Name, KqlType.Long) : null;
        if (index is not null) output.Add(index);
        var isArray = parameters.Any(parameter => parameter.Name is "kind" or "bagexpansion" && parameter.Value is NameSyntax { Name: "array" });
        return new MvExpand(input, new RowSchema(output), expanded, index, limit, isArray);
    }

    public override PlanNode Prune(IReadOnlySet<ColumnSymbol> needed)
    {
        var kept = Schema.Where(column => needed.Contains(column) || expanded.Any(item => item.Column == column)).ToList();
        var read = ColumnsOf(expanded.Select(item => item.Expression)).Union(kept.Where(input.Schema.Contains)).ToHashSet();
        return new MvExpand(input.Prune(read), new RowSchema(kept), expanded, index is not null && needed.Contains(index) ? index : null, limit, isArrayOfPairs);
    }

    public override IReadOnlyList<IEnumerable<Batch>> Open(QueryContext context) => Parts.Each(input.Open(context), batch => Expand(batch, context));

    private IEnumerable<Batch> Expand(Batch batch, QueryContext context)
    {
        var sources = expanded.Select(item => (DynamicColumn)item.Expression.Evaluate(batch, context)).ToArray();
        var items = new object?[sources.Length][];
        var rows = new ExpandedRows(sources.Length);
        for (var row = 0; row < batch.RowCount; row++)
        {
            for (var c = 0; c < items.Length; c++) items[c] = Items(sources[c][row]);
            var count = (int)Math.Min(items.Max(item => item.Length), limit);
            for (var i = 0; i < count; i++)
            {
                rows.Sources.Add(row);
                rows.Indexes.Add(i);
                for (var c = 0; c < items.Length; c++) rows.Values[c].Add(DynamicValue.Exactly(expanded[c].Column.Type, i < items[c].Length ? items[c][i] : null));
                if (rows.Sources.Count < Batch.Size) continue;
                // A row may have any number of items, so they go on in batches.
                context.Cancellation.ThrowIfCancellationRequested();
                yield return Expanded(batch, rows);
                rows = new ExpandedRows(sources.Length);
            }
        }

        if (rows.Sources.Count > 0) yield return Expanded(batch, rows);
    }

    private Batch Expanded(Batch batch, ExpandedRows rows)
    {
        int[] picked = [.. rows.Sources];
        return Batch.Lazy(Schema, picked.Length, place =>
        {
            var column = Schema[place];
            if (column == index) return new ValueColumn<long>(KqlType.Long, [.. rows.Indexes]);
            for (var c = 0; c < rows.Values.Length; c++)
                if (expanded[c].Column == column) return Columns.Of(column.Type, rows.Values[c]);
            return batch[column].Take(picked);
        });
    }

    private object?[] Items(object? value) => value switch
    {
        object?[] array => array,
        Bag bag when isArrayOfPairs => [.. bag.Select(property => (object?)new[] { property.Key, property.Value })],
        Bag bag => [.. bag.Select(property => (object?)new Bag { [property.Key] = property.Value })],
        _ => [value],
    };

    private sealed class ExpandedRows(int columns)
    {
        public List<int> Sources { get; } = [];

        public List<long> Indexes { get; } = [];

        public List<object?>[] Values { get; } = [.. Enumerable.Range(0, columns).Select(_ => new List<object?>())];
    }
}
