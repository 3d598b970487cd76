using Snowplow.Kql.Binding;
using Snowplow.Kql.Plan;
using Snowplow.Kql.Syntax;

namespace Snowplow.Kql.Operators;

/// <summary><c>fork</c>: several results over the same rows, which are kept.</summary>
internal static class Fork
{
    public static PlanNode Bind(ForkSyntax syntax, PlanNode input, Binder binder)
    {
        var table = binder.ToTable("fork", input);
        binder.Forked = [.. syntax.Branches.Select((branch, i) => (branch.Name ?? $"GenericResult_{i}", binder.BindOperators(new Scan(table), branch.Operators)))];
        return binder.Forked[0].Plan;
    }
}
