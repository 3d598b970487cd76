using System.Collections.Immutable;
using Snowplow.Model.Rules.Conditions;

namespace Snowplow.Model.Rules.Reading;

/// <summary>
/// Reads conditions: <c>{"field": F, operator: operand}</c>, <c>{"all": […]}</c>, <c>{"any": […]}</c>, <c>{"none": […]}</c>. What
/// stands for <c>field</c> the reader of its names says.
/// </summary>
internal sealed class ConditionReader(PathReader fields)
{
    /// <summary>How deep conditions may lie within each other.</summary>
    public const int MaxDepth = 8;

    /// <summary>How many conditions an <c>all</c>, <c>any</c> or <c>none</c> may have.</summary>
    public const int MaxConditions = 100;

    /// <summary>Reads the names of fields.</summary>
    public PathReader Fields { get; } = fields;

    private static readonly string[] Combinations = ["all", "any", "none"];

    private readonly string[] _names = [.. Combinations, fields.Member, "ignore_case", .. OperatorReader.Names];

    /// <summary>Reads a condition; null, with the faults reported, where it is wrong.</summary>
    public Condition? Read(RuleNode node) => Read(node, depth: 1);

    private Condition? Read(RuleNode node, int depth)
    {
        if (node.Members(_names) is not { } members) return null;
        if (depth > MaxDepth)
        {
            node.Fault($"lies more than {MaxDepth} conditions deep: make it flatter");
            return null;
        }

        if (members.Keys.FirstOrDefault(Combinations.Contains) is not { } combination) return ReadField(node, members);
        if (members.Count == 1) return ReadCombination(combination, members[combination], depth);
        node.Fault($"has '{combination}' and more: put each condition into an object of its own");
        return null;
    }

    private Combination? ReadCombination(string name, RuleNode node, int depth)
    {
        if (node.Items(MaxConditions) is not { } items) return null;
        if (items.IsEmpty) node.Fault("is empty: write a condition");
        ImmutableArray<Condition?> conditions = [.. items.Select(item => Read(item, depth + 1))];
        if (items.IsEmpty || conditions.Contains(null)) return null;
        return new Combination(conditions!, decides: name != "all", whenDecided: name == "any");
    }

    private FieldCondition? ReadField(RuleNode node, IReadOnlyDictionary<string, RuleNode> members)
    {
        var field = members.TryGetValue(Fields.Member, out var name) ? Fields.Read(name) : null;
        if (name is null) node.Fault($"has no '{Fields.Member}' and no 'all', 'any' or 'none': write one of them");
        bool? ignoresCase = members.TryGetValue("ignore_case", out var flag) ? flag.Boolean() : false;
        string[] operators = [.. members.Keys.Where(OperatorReader.Names.Contains)];
        if (operators.Length != 1)
        {
            node.Fault(operators.Length == 0
                ? $"has no operator: write one of {string.Join(", ", OperatorReader.Names)}"
                : $"has {operators.Length} operators, {string.Join(" and ", operators)}: write one, and join conditions by 'all'");
            return null;
        }

        if (name is null || field is null || ignoresCase is not { } anyCase) return null;
        if (flag is not null && !OperatorReader.KnowsCase(operators[0])) flag.Fault($"has no meaning beside '{operators[0]}': remove it");
        return new OperatorReader(field, anyCase).Read(operators[0], members[operators[0]]);
    }
}
