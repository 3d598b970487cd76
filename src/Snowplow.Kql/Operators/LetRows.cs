using Snowplow.Kql.Binding.Expressions;
using Snowplow.Kql.Data;
using Snowplow.Kql.Execution;
using Snowplow.Kql.Plan;

namespace Snowplow.Kql.Operators;

/// <summary>
/// The groups of a let, which is worked out once however often it is named. Only a summarize of few columns is shared so: its rows are whole in memory
/// anyway, and what could be left out of it is little. A place that filters them has rows of its own, as the filter may go far below.
/// </summary>
/// <param name="input">What the let stands for, bound for this place.</param>
/// <param name="shared">What all places of the let share.</param>
internal sealed class LetRows(PlanNode input, LetRows.Shared shared) : PlanNode(input.Schema)
{
    private const int MostColumns = 8;

    public override long? EstimatedRows => input.EstimatedRows;

    /// <summary>The plan of a let, shared between its places where that is worth it.</summary>
    public static PlanNode Of(PlanNode plan, Shared shared) => plan.IsGrouped && plan.Schema.Count <= MostColumns ? new LetRows(plan.Prune(plan.Schema.ToHashSet()), shared) : plan;

    public override PlanNode Filter(BoundExpression predicate) => input.Filter(predicate);

    public override IReadOnlyList<IEnumerable<Batch>> Open(QueryContext context)
    {
        lock (shared)
        {
            var rows = shared.Rows ??= input.Whole(context);
            return Parts.Split(new Batch(Schema, [.. Enumerable.Range(0, Schema.Count).Select(place => rows[place])], rows.RowCount), context);
        }
    }

    /// <summary>The rows of a let, once some place has wanted them.</summary>
    public sealed class Shared
    {
        public Batch? Rows { get; set; }
    }
}
