using Snowplow.Kql.Data;
using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Strings;

/// <summary><c>has_any_index</c>: the place in the list of the first text that the text has as a term; -1 where it has none.</summary>
internal static class HasAnyIndex
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("has_any_index", 2, "The place in the list of the first text that the text has as a term; -1 where it has none.")
        .On((string text, object list) => list is object?[] items ? (long)Array.FindIndex(items, item => Operators.TextOperators.Has(text, DynamicValue.Text(item), StringComparison.OrdinalIgnoreCase)) : -1L);
}
