using Snowplow.Kql.Binding.Expressions;
using Snowplow.Kql.Data;
using Snowplow.Kql.Execution;
using Snowplow.Kql.Plan;

namespace Snowplow.Kql.Operators;

/// <summary><c>serialize</c>: says that the rows are in order; they are anyway.</summary>
internal sealed class Serialize(PlanNode input) : PlanNode(input.Schema)
{
    public override bool IsSerialized => true;

    public override long? EstimatedRows => input.EstimatedRows;

    public override PlanNode Prune(IReadOnlySet<ColumnSymbol> needed) => new Serialize(input.Prune(needed));

    public override PlanNode Filter(BoundExpression predicate) => new Serialize(input.Filter(predicate));

    public override IReadOnlyList<IEnumerable<Batch>> Open(QueryContext context) => input.Open(context);
}
