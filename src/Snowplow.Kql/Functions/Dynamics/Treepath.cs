using Snowplow.Kql.Data;
using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Dynamics;

/// <summary><c>treepath</c>: the paths of all values within a dynamic value.</summary>
internal static class Treepath
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("treepath", 2, "The paths of all values within a dynamic value.")
        .NamedBy(NameRule.PrefixAndFirstArgument, "tree")
        .On((object value) => (object)Paths(value, "").ToArray());

    private static IEnumerable<object?> Paths(object? value, string path) => value switch
    {
        Bag bag => bag.SelectMany(property => Paths(property.Value, $"{path}['{property.Key}']").Prepend($"{path}['{property.Key}']")),
        object?[] items => items.SelectMany(item => Paths(item, $"{path}[0]")).Prepend($"{path}[0]").Distinct(),
        _ => [],
    };
}
