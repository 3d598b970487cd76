using System.Text.Json;

namespace Snowplow.Model.Tests.History;

/// <summary>Compares the tables of the grains with the oracle's, key by key and column by column.</summary>
internal static class TableComparison
{
    /// <summary>The differences, at most twenty: what the first have in common tells more than all of them.</summary>
    public static IReadOnlyList<string> Differences(Tables actual, Tables expected) =>
        [.. HistoryTables.All.SelectMany(table => Differences(table, actual[table.Name].Rows, expected[table.Name].Rows)).Take(20)];

    private static IEnumerable<string> Differences(
        ModelTable table, IReadOnlyDictionary<string, JsonElement> actual, IReadOnlyDictionary<string, JsonElement> expected)
    {
        foreach (var (key, row) in actual)
            if (!expected.ContainsKey(key) && !IsOfTheCourse(table, row)) yield return $"{table.Name} {key}: the oracle has no such row";
        foreach (var (key, row) in expected)
        {
            if (!actual.TryGetValue(key, out var own)) yield return $"{table.Name} {key}: there is no such row";
            else if (own.TryGetProperty("merged_into", out var heir)) yield return $"{table.Name} {key}: merged into {heir}";
            else foreach (var difference in Differences(table, key, own, row)) yield return difference;
        }
    }

    // Sessions that are no more, identities that are nobody's any more, merges that were seen in between.
    private static bool IsOfTheCourse(ModelTable table, JsonElement row) =>
        row.TryGetProperty("merged_into", out _)
        || (table.Name == "identities" && row.TryGetProperty("users", out var users) && users.GetInt64() == 0)
        || table.Name == "identity_merges";

    private static IEnumerable<string> Differences(ModelTable table, string key, JsonElement actual, JsonElement expected)
    {
        foreach (var column in HistoryTables.Compared(table))
        {
            var (value, expectedValue) = (Value(actual, column.Name), Value(expected, column.Name));
            if (value is null != expectedValue is null || (value is { } left && !JsonElement.DeepEquals(left, expectedValue!.Value)))
                yield return $"{table.Name} {key} {column.Name}: {value?.ToString() ?? "null"}, by the oracle {expectedValue?.ToString() ?? "null"}";
        }

        var documented = table.Columns.Select(column => column.Name).ToHashSet();
        foreach (var property in actual.EnumerateObject())
            if (!documented.Contains(property.Name)) yield return $"{table.Name} {key} {property.Name}: no such column is documented";
    }

    internal static JsonElement? Value(JsonElement row, string column)
    {
        if (!row.TryGetProperty(column, out var value)) return null;
        if (column != "session_list") return value;

        // Of the sessions in a user's list too, the revision depends on the course.
        return JsonSerializer.SerializeToElement(value.EnumerateArray().Select(session =>
            session.EnumerateObject().Where(member => member.Name != "revision" && member.Value.ValueKind != JsonValueKind.Null)
                .ToDictionary(member => member.Name, member => member.Value)));
    }
}
