using Snowplow.Kql.Data;

namespace Snowplow.Kql.Functions;

/// <summary>Arrays as sets, in the order of first appearance.</summary>
internal static class ItemSet
{
    /// <summary>Each item once.</summary>
    public static object?[] Distinct(IEnumerable<object?> items)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        return [.. items.Where(item => seen.Add(Key(item)))];
    }

    /// <summary>The items that another array has, or those that it has not.</summary>
    public static object?[] Where(object?[] items, object?[] other, bool isIn)
    {
        var keys = other.Select(Key).ToHashSet(StringComparer.Ordinal);
        return [.. items.Where(item => keys.Contains(Key(item)) == isIn)];
    }

    private static string Key(object? item) => DynamicJson.Text(item);
}
