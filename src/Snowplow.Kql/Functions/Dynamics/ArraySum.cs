using Snowplow.Kql.Data;
using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Dynamics;

/// <summary><c>array_sum</c>: the sum of an array's numbers; null where an item is no number.</summary>
internal static class ArraySum
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("array_sum", 2, "The sum of an array's numbers; null where an item is no number.")
        .Try(double? (object value) => value is object?[] array && Array.TrueForAll(array, item => item is long or double or decimal) ? array.Sum(item => DynamicValue.Real(item)!.Value) : null);
}
