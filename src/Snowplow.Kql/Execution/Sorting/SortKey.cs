namespace Snowplow.Kql.Execution.Sorting;

/// <summary>A key of an order.</summary>
/// <param name="IsAscending">Whether lesser values come first.</param>
/// <param name="NullsFirst">Whether nulls, and NaN beside them, come first.</param>
internal readonly record struct SortKey(bool IsAscending, bool NullsFirst);
