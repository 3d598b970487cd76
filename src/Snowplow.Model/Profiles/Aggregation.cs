using System.Collections.Immutable;

namespace Snowplow.Model.Profiles;

/// <summary>What an attribute makes of its events.</summary>
public enum Aggregation
{
    /// <summary>The number of events.</summary>
    Counter,

    /// <summary>The sum of a number.</summary>
    Sum,

    /// <summary>The mean of a number.</summary>
    Mean,

    /// <summary>The least number.</summary>
    Min,

    /// <summary>The greatest number.</summary>
    Max,

    /// <summary>The value of the first event that has one.</summary>
    First,

    /// <summary>The value of the last event that has one.</summary>
    Last,

    /// <summary>The value of the most events; of equals the first in ordinal order.</summary>
    MostFrequent,

    /// <summary>The value of the fewest events; of equals the first in ordinal order.</summary>
    LeastFrequent,

    /// <summary>The number of events by value.</summary>
    CategoryCount,

    /// <summary>The number of distinct values.</summary>
    ApproxCountDistinct,

    /// <summary>The distinct values, the one seen last first.</summary>
    UniqueList,

    /// <summary>Seconds since the first event.</summary>
    TimeSinceFirst,

    /// <summary>Seconds since the last event.</summary>
    TimeSinceLast,
}

/// <summary>The names of aggregations, as rules and the live API have them.</summary>
internal static class AggregationNames
{
    /// <summary>All names, by the number of their aggregation.</summary>
    public static readonly ImmutableArray<string> All =
    [
        "counter", "sum", "mean", "min", "max", "first", "last", "most_frequent", "least_frequent", "category_count",
        "approx_count_distinct", "unique_list", "time_since_first", "time_since_last",
    ];

    public static string Name(this Aggregation aggregation) => All[(int)aggregation];

    /// <summary>Whether it looks at a value, so that an attribute must name a property.</summary>
    public static bool TakesValue(this Aggregation aggregation) =>
        aggregation is not (Aggregation.Counter or Aggregation.TimeSinceFirst or Aggregation.TimeSinceLast);
}
