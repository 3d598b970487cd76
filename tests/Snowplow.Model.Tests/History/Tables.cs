using System.Text.Json;

namespace Snowplow.Model.Tests.History;

/// <summary>The rows of all tables.</summary>
internal sealed class Tables
{
    private readonly Dictionary<string, TableRows> _tables = HistoryTables.All.ToDictionary(table => table.Name, table => new TableRows(table));

    /// <summary>The rows of a table.</summary>
    public TableRows this[string table] => _tables[table];

    /// <summary>Leaves out what <c>forgotten</c> says, as docs/tables.md has it, and takes the rows of events that it does not mean.</summary>
    public void LeaveOutForgotten(IEnumerable<(string Table, JsonElement Row)> ofEvents)
    {
        var forgotten = _tables["forgotten"].Rows;
        Leave("session", "session_key", "sessions", "views");
        Leave("user", "user_key", "users", "user_mapping", "consent_users");
        foreach (var (table, row) in ofEvents)
            if (!IsForgotten(row)) _tables[table].Keep(row);

        void Leave(string kind, string column, params string[] tables)
        {
            foreach (var table in tables)
                _tables[table].Remove(row => forgotten.TryGetValue($"{kind}|{row.GetProperty(column).GetString()}", out var gone)
                    && row.GetProperty("revision").GetInt64() < gone.GetProperty("revision").GetInt64());
        }

        bool IsForgotten(JsonElement row)
        {
            var key = row.TryGetProperty("user_key", out var user) ? $"user|{user.GetString()}"
                : row.TryGetProperty("session_key", out var session) ? $"session|{session.GetString()}" : "";
            return forgotten.TryGetValue(key, out var gone)
                && row.GetProperty("collector_tstamp").GetDateTimeOffset() <= gone.GetProperty("forgotten_at").GetDateTimeOffset();
        }
    }
}
