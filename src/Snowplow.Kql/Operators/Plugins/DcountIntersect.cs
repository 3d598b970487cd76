using System.Numerics;
using Snowplow.Kql.Aggregates.Core;
using Snowplow.Kql.Binding;
using Snowplow.Kql.Data;
using Snowplow.Kql.Plan;

namespace Snowplow.Kql.Operators.Plugins;

/// <summary>
/// <c>dcount_intersect(hll, hll, ..)</c>: adds the number of values of the first set, of the first two, and so on. Exact where all states are; else by
/// inclusion and exclusion of their unions, whose errors add up. Null where a state is none or the accuracies differ.
/// </summary>
internal static class DcountIntersect
{
    private const int MaxSets = 16;

    public static PlanNode Bind(PluginCall call)
    {
        if (call.Arguments.Count is < 2 or > MaxSets) throw BindFailure.Semantic("SEM0219", $"dcount_intersect takes 2 to {MaxSets} states of hll", call.Span);
        var states = call.Columns(0);
        if (states.FirstOrDefault(state => state.Type != KqlType.Dynamic) is { } other) throw BindFailure.Semantic("SEM0219", $"dcount_intersect needs states of hll, and '{other.Name}' is {other.Type.Name()}", call.Span);
        var rows = call.Binder.Run(call.Input);
        var counts = states.Select(_ => new object?[rows.RowCount]).ToArray();
        for (var row = 0; row < rows.RowCount; row++)
        {
            call.Binder.Context.Cancellation.ThrowIfCancellationRequested();
            var sketches = states.Select(state => DistinctSketch.Parse(rows[state].Box(row) as string)).OfType<DistinctSketch>().ToList();
            if (sketches.Count < states.Count || sketches.Exists(sketch => sketch.Accuracy != sketches[0].Accuracy)) continue;
            var known = long.MaxValue;
            for (var set = 0; set < states.Count; set++) counts[set][row] = known = Math.Clamp(Common(sketches[..(set + 1)]), 0, known);
        }

        var taken = call.Input.Schema.Select(column => column.Name).ToHashSet(StringComparer.Ordinal);
        var columns = call.Input.Schema.Select(column => (column.Name, column.Type)).ToList();
        for (var set = 0; set < states.Count; set++)
        {
            var name = ColumnNames.Unique($"s{set}", taken);
            taken.Add(name);
            columns.Add((name, KqlType.Long));
        }

        return new Scan(new MemoryTable(
            "dcount_intersect",
            columns,
            [.. Enumerable.Range(0, call.Input.Schema.Count).Select(i => rows[i]), .. counts.Select(count => Data.Columns.Of(KqlType.Long, count))],
            rows.RowCount));
    }

    private static long Common(List<DistinctSketch> sets)
    {
        if (sets.TrueForAll(set => set.Hashes is not null)) return sets.Skip(1).Aggregate(sets[0].Hashes!.AsEnumerable(), (common, set) => common.Where(set.Hashes!.Contains)).LongCount();
        var count = 0L;
        for (var some = 1; some < 1 << sets.Count; some++)
        {
            var union = new DistinctSketch(sets[0].Accuracy);
            for (var set = 0; set < sets.Count; set++)
                if ((some & (1 << set)) != 0) union.Merge(sets[set]);
            count += BitOperations.PopCount((uint)some) % 2 == 1 ? union.Estimate() : -union.Estimate();
        }

        return count;
    }
}
