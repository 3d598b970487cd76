using Snowplow.Kql.Binding.Expressions;

namespace Snowplow.Kql.Aggregates.Core;

/// <summary>An aggregate function.</summary>
/// <param name="Name">The name.</param>
/// <param name="Tier">How much it is needed: 1 must, 2 expected.</param>
/// <param name="Summary">What it gives, as a sentence.</param>
/// <param name="Bind">Binds a call; null where the arguments do not fit.</param>
internal sealed record AggregateFunction(string Name, int Tier, string Summary, Func<AggregateCall, BoundAggregate?> Bind)
{
    /// <summary>The same for rows for which a predicate, the argument at this place, is true. Without a prefix its column has the name that it has without the predicate.</summary>
    public AggregateFunction If(string name, string prefix, int place = 1) => new(
        name,
        Tier,
        $"As {Name}, of the rows for which the predicate is true.",
        call =>
        {
            if (call.Arguments.Count <= place || call.Arguments[place].Type is not (Data.KqlType.Bool or Data.KqlType.Dynamic)) return null;
            var predicate = Functions.Core.Conversions.To(call.Arguments[place], Data.KqlType.Bool);
            var rest = call.Arguments.Where((_, i) => i != place).ToList();
            var bound = Bind(call with { Arguments = rest, Names = [.. call.Names.Where((_, i) => i != place)] });
            if (bound is null) return null;
            var results = bound.Results.Select((result, i) => i == 0 && prefix.Length > 0 ? (call.Named(prefix, place), result.Type) : result).ToList();
            return bound with { Predicate = predicate, Results = results };
        });
}

/// <summary>A call of an aggregate as it is bound.</summary>
/// <param name="Arguments">The arguments.</param>
/// <param name="Names">For each argument the name that it gives its column; null for none.</param>
/// <param name="Columns">Columns of the input that <c>*</c> stands for, and that are no group keys.</param>
/// <param name="HasStar">Whether the last argument is <c>*</c>.</param>
internal sealed record AggregateCall(
    IReadOnlyList<BoundExpression> Arguments, IReadOnlyList<string?> Names, IReadOnlyList<Data.ColumnSymbol> Columns, bool HasStar)
{
    /// <summary>The prefix with the names of the first arguments: <c>sum_a</c>, <c>covariance_a_b</c>, or <c>sum_</c>.</summary>
    public string Named(string prefix, int count = 1) => $"{prefix}_{string.Join('_', Names.Take(count))}";

    /// <summary>The value of a constant argument; null where it is missing or not constant.</summary>
    public object? Constant(int place) => Arguments.Count > place && Arguments[place] is ConstantExpression constant ? constant.Value : null;
}
