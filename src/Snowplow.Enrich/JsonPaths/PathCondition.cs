using System.Text.Json;

namespace Snowplow.Enrich.JsonPaths;

/// <summary>The condition in a filter of a <see cref="JsonPath"/>.</summary>
internal abstract record PathCondition
{
    /// <summary>Whether a value satisfies it.</summary>
    public abstract bool Holds(JsonElement at);
}

/// <summary>All of several conditions.</summary>
internal sealed record AllCondition(IReadOnlyList<PathCondition> Parts) : PathCondition
{
    /// <inheritdoc/>
    public override bool Holds(JsonElement at) => Parts.All(part => part.Holds(at));
}

/// <summary>Any of several conditions.</summary>
internal sealed record AnyCondition(IReadOnlyList<PathCondition> Parts) : PathCondition
{
    /// <inheritdoc/>
    public override bool Holds(JsonElement at) => Parts.Any(part => part.Holds(at));
}

/// <summary>That a path leads somewhere: <c>@.a</c>.</summary>
internal sealed record PresenceCondition(JsonPath Path) : PathCondition
{
    /// <inheritdoc/>
    public override bool Holds(JsonElement at) => Path.TrySelectFirst(at, out _);
}

/// <summary>How what a path leads to compares with a constant: <c>@.a == 'b'</c>. A value of another type is not equal, and neither less nor greater.</summary>
/// <param name="Path">The left side.</param>
/// <param name="Operator">One of <c>== != &lt; &lt;= &gt; &gt;=</c>.</param>
/// <param name="Constant">The right side: a string, a number, true, false or null.</param>
internal sealed record ComparisonCondition(JsonPath Path, string Operator, JsonElement Constant) : PathCondition
{
    /// <inheritdoc/>
    public override bool Holds(JsonElement at)
    {
        if (!Path.TrySelectFirst(at, out var value)) return false;
        if (value.ValueKind != Constant.ValueKind) return Operator == "!=";
        var order = value.ValueKind switch
        {
            JsonValueKind.Number when !JsonElement.DeepEquals(value, Constant) => value.GetDouble() < Constant.GetDouble() ? -1 : 1,
            JsonValueKind.String => string.CompareOrdinal(JsonValueText.Of(value), JsonValueText.Of(Constant)),
            _ => 0,
        };
        return Operator switch
        {
            "==" => order == 0,
            "!=" => order != 0,
            "<" => order < 0,
            "<=" => order <= 0,
            ">" => order > 0,
            _ => order >= 0,
        };
    }
}
