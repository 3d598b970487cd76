using Snowplow.Kql.Binding.Expressions;
using Snowplow.Kql.Data;
using Snowplow.Kql.Execution;
using Snowplow.Kql.Plan;

namespace Snowplow.Kql.Operators;

/// <summary>Reads a table: the columns that are needed, of the extents that may hold rows that are asked for.</summary>
internal sealed class Scan : PlanNode
{
    private readonly Table _table;
    private readonly int[] _places;
    private readonly IReadOnlyList<RowTest> _tests;

    public Scan(Table table)
        : this(table, new RowSchema(table.Columns.Select(column => new ColumnSymbol(column.Name, column.Type))), [.. Enumerable.Range(0, table.Columns.Count)], [])
    {
    }

    private Scan(Table table, RowSchema schema, int[] places, IReadOnlyList<RowTest> tests)
        : base(schema)
    {
        _table = table;
        _places = places;
        _tests = tests;
    }

    // A table made by the query has the order in which it was made.
    public override bool IsSerialized => _table is MemoryTable;

    public override long? EstimatedRows => _table.Extents(_tests).Sum(extent => (long)extent.RowCount);

    public string Name => _table.Name;

    public override PlanNode Prune(IReadOnlySet<ColumnSymbol> needed)
    {
        if (Schema.All(needed.Contains)) return this;
        var kept = Enumerable.Range(0, Schema.Count).Where(i => needed.Contains(Schema[i])).ToList();
        return new Scan(_table, new RowSchema(kept.Select(i => Schema[i])), [.. kept.Select(i => _places[i])], _tests);
    }

    public override PlanNode Filter(BoundExpression predicate)
    {
        var tests = RowTests.Of(predicate, column => _places[Schema.PlaceOf(column)]);
        return new Where(tests.Count == 0 ? this : new Scan(_table, Schema, _places, [.. _tests, .. tests]), predicate);
    }

    public override IReadOnlyList<IEnumerable<Batch>> Open(QueryContext context)
    {
        var extents = _table.Extents(_tests);
        // Pieces of all extents in a line, cut into as many runs as there are workers.
        var pieces = new List<(Extent Extent, int Start, int Count)>();
        foreach (var extent in extents)
        {
            for (var start = 0; start < extent.RowCount; start += Batch.Size)
            {
                var count = Math.Min(Batch.Size, extent.RowCount - start);
                if (_tests.Count == 0 || extent.MayHold(_tests, start, count)) pieces.Add((extent, start, count));
            }
        }

        var parts = Math.Clamp(Math.Min(context.Workers, pieces.Count / 4), 1, 256);
        return [.. Enumerable.Range(0, parts).Select(part => Read(pieces, (int)((long)pieces.Count * part / parts), (int)((long)pieces.Count * (part + 1) / parts), context))];
    }

    private IEnumerable<Batch> Read(List<(Extent Extent, int Start, int Count)> pieces, int first, int end, QueryContext context)
    {
        for (var i = first; i < end; i++)
        {
            context.Cancellation.ThrowIfCancellationRequested();
            var (extent, start, count) = pieces[i];
            var batch = Batch.Lazy(Schema, count, place => extent.Read(_places[place], start, count), (place, rows) => extent.ReadRows(_places[place], start, count, rows));
            if (extent.Counting(start, count) is { } counting) batch = batch.Select(counting);
            if (_tests.Count > 0 && extent.Passing(_tests, start, count) is { } passing) batch = batch.SelectOf(passing);
            if (batch.RowCount > 0) yield return batch;
        }
    }
}
