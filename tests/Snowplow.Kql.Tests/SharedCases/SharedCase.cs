using System.Text.Json;

namespace Snowplow.Kql.Tests.SharedCases;

/// <summary>A case of the public collection beside the repository, with how results are compared (its README).</summary>
internal sealed record SharedCase(string Id, int Tier, string Query, JsonElement Expected, bool IsOrdered, double Tolerance, bool IgnoresNameCase, bool AnyColumnOrder)
{
    /// <summary>All cases; null where the folder is absent.</summary>
    public static IReadOnlyList<SharedCase>? Load()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            foreach (var path in new[] { "shared/kql/kql-cases.json", "../shared/kql/kql-cases.json" })
            {
                var file = Path.Combine(folder.FullName, path);
                if (!File.Exists(file)) continue;
                using var document = JsonDocument.Parse(File.ReadAllBytes(file));
                var root = document.RootElement.ValueKind == JsonValueKind.Object ? document.RootElement.GetProperty("cases") : document.RootElement;
                return [.. root.EnumerateArray().Select(Of)];
            }
        }

        return null;
    }

    private static SharedCase Of(JsonElement item) => new(
        item.GetProperty("id").GetString()!,
        item.GetProperty("tier").GetInt32(),
        item.GetProperty("query").GetString()!,
        item.GetProperty("expected").Clone(),
        item.GetProperty("ordered").GetBoolean(),
        item.TryGetProperty("real_rel_tol", out var tolerance) && tolerance.ValueKind == JsonValueKind.Number ? tolerance.GetDouble() : 1e-9,
        item.TryGetProperty("column_names_ignore_case", out var ignores) && ignores.ValueKind == JsonValueKind.True,
        item.TryGetProperty("columns_any_order", out var order) && order.ValueKind == JsonValueKind.True);

    /// <summary>What is wrong with a result; null where it is as expected.</summary>
    public string? Compare(ResultTable result)
    {
        var expected = Expected.GetProperty("columns").EnumerateArray().Select(column => (Name: column.GetProperty("name").GetString()!, Type: column.GetProperty("type").GetString()!)).ToList();
        var comparison = IgnoresNameCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
        var places = expected.Select((column, i) => AnyColumnOrder ? result.Columns.ToList().FindIndex(own => own.Name.Equals(column.Name, comparison)) : i).ToList();
        if (result.Columns.Count != expected.Count || places.Any(place => place < 0) || !expected.Select((column, i) => result.Columns[places[i]].Name.Equals(column.Name, comparison)).All(same => same))
            return $"columns {string.Join(", ", result.Columns)}, expected {string.Join(", ", expected)}";
        if (expected.Where((column, i) => column.Name != "ColumnOrdinal" && Data.KqlTypes.Name(result.Columns[places[i]].Type) != column.Type).Any())
            return $"types {string.Join(", ", result.Columns)}, expected {string.Join(", ", expected)}";
        var rows = result.Rows().Select(row => places.Select(place => row[place]).ToArray()).ToList();
        var wanted = Expected.GetProperty("rows").EnumerateArray().Select(row => row.EnumerateArray().ToArray()).ToList();
        if (rows.Count != wanted.Count) return $"{rows.Count} rows, expected {wanted.Count}";
        foreach (var (row, i) in wanted.Select((row, i) => (row, i)))
        {
            var place = IsOrdered ? i : rows.FindIndex(own => own is not null && IsSame(row, own, expected));
            if (place < 0 || !IsSame(row, rows[place], expected)) return $"row {i} differs: expected {string.Join(" | ", row)}";
            if (!IsOrdered) rows[place] = null!;
        }

        return null;
    }

    private bool IsSame(JsonElement[] expected, object?[] row, List<(string Name, string Type)> columns) =>
        expected.Zip(row, (wanted, value) => (wanted, value)).Select((pair, i) => SharedValue.IsSame(pair.wanted, pair.value, columns[i].Type, Tolerance)).All(same => same);
}
