using Snowplow.Kql.Data;
using Snowplow.Kql.Execution;
using Snowplow.Kql.Plan;

namespace Snowplow.Kql.Operators;

/// <summary>Stands for the input of operators that run again and again over other rows; by one thread.</summary>
internal sealed class SettableSource(RowSchema schema) : PlanNode(schema)
{
    private Batch? _batch;

    public override bool IsSerialized => true;

    public void Set(Batch batch) => _batch = batch;

    public override IReadOnlyList<IEnumerable<Batch>> Open(QueryContext context) => [[_batch!]];
}
