using Snowplow.Kql.Data;
using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Dynamics;

/// <summary><c>array_sort_asc</c>: the array in ascending order, nulls last unless the last argument is false; further arrays in the same order.</summary>
internal static class ArraySortAsc
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("array_sort_asc", 2, "The array in ascending order, nulls last unless the last argument is false; further arrays in the same order.")
        .Row(KqlType.Dynamic, [null], row => ArrayOrder.Sort(row, true), isVariadic: true);
}
