using System.Collections.Immutable;
using System.Text.Json;
using Snowplow.Events.Enriched;
using Snowplow.Model.Rules.Conditions;
using Snowplow.Model.Rules.Fields;

namespace Snowplow.Model.Rules.Reading;

/// <summary>Reads the operator of a condition and its operand, which must suit the field.</summary>
internal sealed class OperatorReader(FieldPath field, bool ignoresCase)
{
    /// <summary>How many values <c>in</c> and <c>not_in</c> may have.</summary>
    public const int MaxValues = 1000;

    /// <summary>All operators.</summary>
    public static readonly ImmutableArray<string> Names =
    [
        "equals", "not_equals", "less_than", "at_most", "greater_than", "at_least", "contains", "starts_with", "ends_with",
        "matches", "not_matches", "in", "not_in", "is_null",
    ];

    private static readonly ImmutableArray<string> Caseless = ["less_than", "at_most", "greater_than", "at_least", "is_null"];

    /// <summary>Whether an operator compares text, so that case can matter.</summary>
    public static bool KnowsCase(string name) => !Caseless.Contains(name);

    /// <summary>Reads an operator of <see cref="Names"/>; null, with the faults reported, where the operand is wrong.</summary>
    public FieldCondition? Read(string name, RuleNode operand)
    {
        if (name == "is_null") return operand.Boolean() is { } isNull ? new FieldCondition(field, new PresentTest(), isDenied: isNull) : null;
        var test = name switch
        {
            "equals" or "not_equals" => Equal(operand),
            "less_than" => Ordered(Relation.Less, operand),
            "at_most" => Ordered(Relation.AtMost, operand),
            "greater_than" => Ordered(Relation.Greater, operand),
            "at_least" => Ordered(Relation.AtLeast, operand),
            "contains" => Text(TextPart.Anywhere, operand),
            "starts_with" => Text(TextPart.Start, operand),
            "ends_with" => Text(TextPart.End, operand),
            "matches" or "not_matches" => Pattern(operand),
            _ => In(operand),
        };
        return test is null ? null : new FieldCondition(field, test, isDenied: name.StartsWith("not_", StringComparison.Ordinal));
    }

    private ValueTest? Equal(RuleNode operand)
    {
        switch (operand.Json.ValueKind)
        {
            case JsonValueKind.True or JsonValueKind.False when field.Type is FieldType.Bool or FieldType.Json:
                return new BooleanTest(operand.Json.GetBoolean());
            case JsonValueKind.Number when field.Type is not (FieldType.Timestamp or FieldType.Bool):
                return operand.Number() is { } number ? new NumberTest(Relation.Equal, number) : null;
            case JsonValueKind.String when field.Type is FieldType.String or FieldType.Json:
                return Text(TextPart.Whole, operand);
            case JsonValueKind.String when field.Type == FieldType.Timestamp:
                return Ordered(Relation.Equal, operand);
            case JsonValueKind.Null:
                operand.Fault("must not be null: write \"is_null\": true");
                return null;
            default:
                operand.Fault($"must be {SuitableKind()}, not {operand.Kind}");
                return null;
        }
    }

    private ValueTest? Ordered(Relation relation, RuleNode operand)
    {
        var takesTimes = field.Type is FieldType.Timestamp or FieldType.Json;
        var takesNumbers = field.Type != FieldType.Timestamp;
        if (takesNumbers && operand.Json.ValueKind == JsonValueKind.Number)
            return operand.Number() is { } number ? new NumberTest(relation, number) : null;
        if (takesTimes && operand.Json.ValueKind == JsonValueKind.String && FieldTime.TryParse(operand.Json.GetString()!, out var time))
            return new TimeTest(relation, time);
        var what = takesTimes ? takesNumbers ? "a number or a time such as 2026-03-01T12:00:00Z" : "a time such as 2026-03-01T12:00:00Z" : "a number";
        operand.Fault($"must be {what}, not {operand.Kind}");
        return null;
    }

    private ValueTest? Text(TextPart part, RuleNode operand)
    {
        if (operand.Text() is not { } text) return null;
        return ignoresCase ? new AnyCaseTextTest(part, text) : new TextTest(part, text);
    }

    private PatternTest? Pattern(RuleNode operand)
    {
        if (operand.Text(int.MaxValue) is not { } pattern) return null;
        if (RulePattern.TryCompile(pattern, ignoresCase, out var regex, out var fault)) return new PatternTest(regex);
        operand.Fault(fault);
        return null;
    }

    private AnyOfTest? In(RuleNode operand)
    {
        if (operand.Items(MaxValues) is not { } items) return null;
        if (items.IsEmpty) operand.Fault("is empty: write a value");
        ImmutableArray<ValueTest?> tests = [.. items.Select(Equal)];
        return items.IsEmpty || tests.Contains(null) ? null : new AnyOfTest(tests!);
    }

    private string SuitableKind() => field.Type switch
    {
        FieldType.Timestamp => "a time such as 2026-03-01T12:00:00Z",
        FieldType.Bool => "true or false",
        FieldType.String => "text or a number",
        FieldType.Json => "text, a number, true or false",
        _ => "a number",
    };
}
