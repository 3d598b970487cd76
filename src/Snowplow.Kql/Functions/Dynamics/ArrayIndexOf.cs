using Snowplow.Kql.Data;
using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Dynamics;

/// <summary><c>array_index_of</c>: the place of a value in an array; -1 where it is not.</summary>
internal static class ArrayIndexOf
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("array_index_of", 2, "The place of a value in an array; -1 where it is not.")
        .Row(KqlType.Long, [KqlType.Dynamic, null], row => row[0] is not object?[] items ? null : (long)Array.FindIndex(items, item => DynamicValue.AreEqual(item, DynamicValue.Of(row[1]))));
}
