using Snowplow.Kql.Binding.Expressions;
using Snowplow.Kql.Data;

namespace Snowplow.Kql.Aggregates.Core;

/// <summary>An aggregate of a query.</summary>
/// <param name="Arguments">What is evaluated on each row.</param>
/// <param name="Results">Names and types of the results; most have one.</param>
/// <param name="Create">Makes an accumulator.</param>
internal sealed record BoundAggregate(IReadOnlyList<BoundExpression> Arguments, IReadOnlyList<(string Name, KqlType Type)> Results, Func<Accumulator> Create)
{
    /// <summary>Rows for which it is not true do not count; null for all.</summary>
    public BoundExpression? Predicate { get; init; }
}
