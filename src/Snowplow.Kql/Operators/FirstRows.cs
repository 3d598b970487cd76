using Snowplow.Kql.Binding.Expressions;
using Snowplow.Kql.Data;
using Snowplow.Kql.Execution;
using Snowplow.Kql.Execution.Grouping;
using Snowplow.Kql.Plan;

namespace Snowplow.Kql.Operators;

/// <summary>The first row of each combination of keys, whole: the left side of an innerunique join.</summary>
internal sealed class FirstRows(PlanNode input, IReadOnlyList<BoundExpression> keys) : PlanNode(input.Schema)
{
    public override PlanNode Prune(IReadOnlySet<ColumnSymbol> needed) => new FirstRows(input.Prune(ColumnsOf(keys).Union(needed).ToHashSet()), keys);

    public override IReadOnlyList<IEnumerable<Batch>> Open(QueryContext context) => [Rows(context)];

    private IEnumerable<Batch> Rows(QueryContext context)
    {
        var table = new GroupTable([.. keys.Select(key => key.Type)], context);
        foreach (var batch in input.Open(context).SelectMany(part => part))
        {
            if (batch.RowCount == 0) continue;
            var known = table.Count;
            var groups = new int[batch.RowCount];
            table.Add([.. keys.Select(key => key.Evaluate(batch, context))], groups);
            // Groups are numbered as they appear: a new one is one more than all before it.
            var rows = new List<int>();
            for (var i = 0; i < groups.Length; i++)
            {
                if (groups[i] != known) continue;
                rows.Add(i);
                known++;
            }

            if (rows.Count > 0) yield return batch.Select([.. rows]);
        }
    }
}
