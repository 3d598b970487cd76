using System.Text.Json.Nodes;

namespace Snowplow.Grains.Tests;

/// <summary>What a reader leaves out of the tables, by the rows of <c>forgotten</c> (docs/tables.md).</summary>
internal sealed class ForgottenRows
{
    private readonly Dictionary<(string Kind, string Key), JsonObject> _rows;

    private ForgottenRows(Dictionary<(string Kind, string Key), JsonObject> rows) => _rows = rows;

    public static ForgottenRows Of(IEnumerable<JsonObject> rows) => new(
        rows.GroupBy(row => (Text(row, "kind")!, Text(row, "key")!)).ToDictionary(versions => versions.Key, versions => versions.MaxBy(Revision)!));

    public List<JsonObject> Without(RowTable table, IEnumerable<JsonObject> rows) => [.. rows.Where(row => !IsForgotten(table, row))];

    private bool IsForgotten(RowTable table, JsonObject row)
    {
        if (table == RowTable.Sessions || table == RowTable.Views) return IsOlder("session", Text(row, "session_key"), row);
        if (table == RowTable.Users || table == RowTable.UserMapping || table == RowTable.ConsentUsers) return IsOlder("user", Text(row, "user_key"), row);
        if (table == RowTable.Forgotten || table == RowTable.Identities || table == RowTable.IdentityMerges) return false;
        var key = Text(row, "user_key") is { } user ? ("user", user) : ("session", Text(row, "session_key") ?? "");
        return _rows.TryGetValue(key, out var forgotten) && string.CompareOrdinal(Text(row, "collector_tstamp"), Text(forgotten, "forgotten_at")) <= 0;
    }

    private bool IsOlder(string kind, string? key, JsonObject row) =>
        key is not null && _rows.TryGetValue((kind, key), out var forgotten) && Revision(row) < Revision(forgotten);

    private static long Revision(JsonObject row) => row["revision"]!.GetValue<long>();

    private static string? Text(JsonObject row, string column) => row[column]?.GetValue<string>();
}
