using Snowplow.Kql.Binding;
using Snowplow.Kql.Binding.Expressions;
using Snowplow.Kql.Plan;
using Snowplow.Kql.Syntax;

namespace Snowplow.Kql.Operators;

/// <summary><c>lookup</c>: a join whose keys are not repeated; leftouter or inner.</summary>
internal static class Lookup
{
    public static PlanNode Bind(JoinSyntax syntax, PlanNode left, Binder binder)
    {
        var kind = JoinBinding.Kind(syntax.Parameters) switch
        {
            null or "leftouter" => JoinKind.LeftOuter,
            "inner" => JoinKind.Inner,
            var other => throw BindFailure.Semantic("SEM0104", $"'{other}' is no kind of lookup: expected leftouter or inner", syntax.Parameters[0].Span),
        };
        var right = binder.BindTable(syntax.Right);
        if (syntax.On.Count == 0)
        {
            // Without 'on', the columns that both have.
            var common = left.Schema.Where(column => right.Schema.Find(column.Name) is not null).Select(column => (ExpressionSyntax)new NameSyntax(syntax.Span, column.Name)).ToList();
            if (common.Count == 0) throw BindFailure.Semantic("SEM0104", "The sides have no column in common: say which by 'on'", syntax.Span);
            syntax = syntax with { On = common };
        }

        var (leftKeys, rightKeys) = JoinBinding.Keys(syntax, left, right, binder);
        var dropped = rightKeys.OfType<ColumnExpression>().Select(key => key.Column).ToHashSet();
        return JoinBinding.Named(new Join(left, right, kind, leftKeys, rightKeys), left, right, dropped);
    }
}
