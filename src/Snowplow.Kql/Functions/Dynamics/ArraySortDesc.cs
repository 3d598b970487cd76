using Snowplow.Kql.Data;
using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Dynamics;

/// <summary><c>array_sort_desc</c>: the array in descending order, nulls last unless the last argument is false; further arrays in the same order.</summary>
internal static class ArraySortDesc
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("array_sort_desc", 2, "The array in descending order, nulls last unless the last argument is false; further arrays in the same order.")
        .Row(KqlType.Dynamic, [null], row => ArrayOrder.Sort(row, false), isVariadic: true);
}
