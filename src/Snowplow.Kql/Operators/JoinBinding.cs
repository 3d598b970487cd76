using Snowplow.Kql.Binding;
using Snowplow.Kql.Binding.Expressions;
using Snowplow.Kql.Data;
using Snowplow.Kql.Plan;
using Snowplow.Kql.Syntax;

namespace Snowplow.Kql.Operators;

/// <summary>Binds join: kinds, keys and the names of the result. <c>innerunique</c> keeps the first left row of each key.</summary>
internal static class JoinBinding
{
    public static PlanNode Bind(JoinSyntax syntax, PlanNode left, Binder binder)
    {
        var kind = Kind(syntax.Parameters) ?? "innerunique";
        var right = binder.BindTable(syntax.Right);
        var (leftKeys, rightKeys) = Keys(syntax, left, right, binder);
        switch (kind)
        {
            case "inner": return Named(new Join(left, right, JoinKind.Inner, leftKeys, rightKeys), left, right);
            case "innerunique":
                var unique = FirstOfKey(left, leftKeys);
                return Named(new Join(unique, right, JoinKind.Inner, leftKeys, rightKeys), left, right);
            case "leftouter": return Named(new Join(left, right, JoinKind.LeftOuter, leftKeys, rightKeys), left, right);
            case "rightouter": return Named(new Join(left, right, JoinKind.RightOuter, leftKeys, rightKeys), left, right);
            case "fullouter": return Named(new Join(left, right, JoinKind.FullOuter, leftKeys, rightKeys), left, right);
            case "leftsemi": return new Join(left, right, JoinKind.LeftSemi, leftKeys, rightKeys);
            case "leftanti" or "anti" or "leftantisemi": return new Join(left, right, JoinKind.LeftAnti, leftKeys, rightKeys);
            case "rightsemi": return new Join(right, left, JoinKind.LeftSemi, rightKeys, leftKeys);
            case "rightanti" or "rightantisemi": return new Join(right, left, JoinKind.LeftAnti, rightKeys, leftKeys);
            default:
                throw BindFailure.Semantic(
                    "SEM0104",
                    $"'{kind}' is no kind of join: expected innerunique, inner, leftouter, rightouter, fullouter, leftsemi, rightsemi, leftanti or rightanti",
                    syntax.Parameters[0].Span);
        }
    }

    /// <summary>The value of the parameter <c>kind</c>; null where it is not given.</summary>
    public static string? Kind(IReadOnlyList<OperatorParameter> parameters) => parameters.FirstOrDefault(parameter => parameter.Name == "kind")?.Value is NameSyntax name ? name.Name : null;

    /// <summary>The keys of both sides.</summary>
    public static (List<BoundExpression> Left, List<BoundExpression> Right) Keys(JoinSyntax syntax, PlanNode left, PlanNode right, Binder binder)
    {
        var leftKeys = new List<BoundExpression>();
        var rightKeys = new List<BoundExpression>();
        foreach (var condition in syntax.On.SelectMany(Conditions))
        {
            var (leftKey, rightKey) = condition switch
            {
                NameSyntax name => (Column(name, left, "left"), Column(name, right, "right")),
                BinarySyntax { Operator: "==" } equal when Side(equal.Left) == "$left" && Side(equal.Right) == "$right" => (Key(equal.Left, left, binder), Key(equal.Right, right, binder)),
                BinarySyntax { Operator: "==" } equal when Side(equal.Left) == "$right" && Side(equal.Right) == "$left" => (Key(equal.Right, left, binder), Key(equal.Left, right, binder)),
                _ => throw BindFailure.Semantic("SEM0104", "Expected a column that both sides have, or $left.a == $right.b", condition.Span),
            };
            if (leftKey.Type != rightKey.Type)
            {
                if (!leftKey.Type.IsNumeric() || !rightKey.Type.IsNumeric())
                    throw BindFailure.Semantic("SEM0104", $"The keys have different types, {leftKey.Type.Name()} and {rightKey.Type.Name()}: convert one of them", condition.Span);
                var wider = KqlTypes.Wider(leftKey.Type, rightKey.Type);
                (leftKey, rightKey) = (Functions.Core.Conversions.To(leftKey, wider), Functions.Core.Conversions.To(rightKey, wider));
            }

            if (leftKey.Type == KqlType.Dynamic) throw BindFailure.Semantic("SEM0121", "A dynamic value is no key: put tostring(), tolong() or another of the to-functions around it", condition.Span);
            leftKeys.Add(leftKey);
            rightKeys.Add(rightKey);
        }

        return (leftKeys, rightKeys);
    }

    /// <summary>The result with right columns renamed whose names the left has.</summary>
    public static PlanNode Named(PlanNode join, PlanNode left, PlanNode right, IReadOnlySet<ColumnSymbol>? dropped = null)
    {
        var taken = left.Schema.Concat(right.Schema).Select(column => column.Name).ToHashSet(StringComparer.Ordinal);
        var leftNames = left.Schema.Select(column => column.Name).ToHashSet(StringComparer.Ordinal);
        var columns = left.Schema.Select(column => (column, (BoundExpression)new ColumnExpression(column))).ToList();
        foreach (var column in right.Schema)
        {
            if (dropped?.Contains(column) is true) continue;
            var symbol = column;
            if (leftNames.Contains(column.Name))
            {
                symbol = new ColumnSymbol(ColumnNames.Unique(column.Name, taken), column.Type);
                taken.Add(symbol.Name);
            }

            columns.Add((symbol, new ColumnExpression(column)));
        }

        return new Project(join, columns);
    }

    private static IEnumerable<ExpressionSyntax> Conditions(ExpressionSyntax syntax) => syntax is LogicalSyntax { Operator: "and" } all ? all.Operands.SelectMany(Conditions) : [syntax];

    private static ColumnExpression Column(NameSyntax name, PlanNode side, string which) =>
        new(side.Schema.Find(name.Name) ?? throw BindFailure.Semantic("SEM0100", $"Failed to resolve column named '{name.Name}' on the {which} side of the join", name.Span));

    private static string? Side(ExpressionSyntax syntax) => syntax switch
    {
        MemberSyntax { Target: NameSyntax { Name: "$left" or "$right" } side } => side.Name,
        MemberSyntax member => Side(member.Target),
        CallSyntax call => call.Arguments.Select(Side).FirstOrDefault(side => side is not null),
        _ => null,
    };

    private static BoundExpression Key(ExpressionSyntax syntax, PlanNode side, Binder binder) =>
        new ExpressionBinder(binder, side.Schema)
        {
            Members = (owner, member) => owner is not ("$left" or "$right") ? null
                : new ColumnExpression(side.Schema.Find(member) ?? throw BindFailure.Semantic("SEM0100", $"Failed to resolve column named '{member}' of {owner}", syntax.Span)),
        }.Bind(syntax);

    // The first row of each key, all of its columns.
    private static PlanNode FirstOfKey(PlanNode left, List<BoundExpression> keys) => new FirstRows(left, keys);
}
