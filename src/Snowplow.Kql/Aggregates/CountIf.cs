using Snowplow.Kql.Aggregates.Core;

namespace Snowplow.Kql.Aggregates;

/// <summary><c>countif</c>: the number of rows for which a predicate is true.</summary>
internal static class CountIf
{
    public static readonly AggregateFunction Function = Count.Function.If("countif", "countif", 0) with
    {
        Summary = "Number of rows for which the predicate is true.",
        Bind = call => call.Arguments.Count == 1 ? Count.Function.If("countif", "countif", 0).Bind(call) is { } bound ? bound with { Results = [("countif_", Data.KqlType.Long)] } : null : null,
    };
}
