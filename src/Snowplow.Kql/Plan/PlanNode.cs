using Snowplow.Kql.Binding.Expressions;
using Snowplow.Kql.Data;
using Snowplow.Kql.Execution;

namespace Snowplow.Kql.Plan;

/// <summary>
/// A step of a plan: what it gives, how plans are rewritten around it, and how it runs. Rows have an order, which is that of the input wherever the
/// language promises none, so that the same query gives the same rows on any number of threads.
/// </summary>
internal abstract class PlanNode(RowSchema schema)
{
    public RowSchema Schema { get; } = schema;

    /// <summary>Whether the order of rows is what a query may build on: after sort, and until summarize or join.</summary>
    public virtual bool IsSerialized => false;

    /// <summary>Whether its rows are groups, or some of them, that are whole in memory before the first is given.</summary>
    public virtual bool IsGrouped => false;

    /// <summary>About how many rows it gives, for the choice of sides; null where nobody knows.</summary>
    public virtual long? EstimatedRows => null;

    /// <summary>The node with the columns that are needed, and as few others as can be.</summary>
    public virtual PlanNode Prune(IReadOnlySet<ColumnSymbol> needed) => this;

    /// <summary>The node with a filter on its rows, which is put as near to the data as it may.</summary>
    public virtual PlanNode Filter(BoundExpression predicate) => new Operators.Where(this, predicate);

    /// <summary>
    /// Begins a run. Each part is a run of rows in order, and the parts one after the other are all rows; different threads may read different parts.
    /// </summary>
    public abstract IReadOnlyList<IEnumerable<Batch>> Open(QueryContext context);

    /// <summary>Runs it to the end: all rows as one batch. Their memory is counted, and the caller's to give back.</summary>
    public virtual Batch Whole(QueryContext context) => Parts.Whole(Schema, Open(context), context);

    /// <summary>The columns of some expressions.</summary>
    protected static HashSet<ColumnSymbol> ColumnsOf(IEnumerable<BoundExpression> expressions) => [.. expressions.SelectMany(expression => expression.ReadColumns())];
}
