using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using Snowplow.Events.Enriched;
using Snowplow.Model.Sessions;

namespace Snowplow.Model.Tests.History;

/// <summary>
/// All tables computed in batch from all lines of enriched TSV at once, by the SQL in the folder Sql, which is written from
/// the columns' documents alone. The model rules are those of <see cref="HistoryTables"/>, with any cuts.
/// </summary>
internal static class SqlOracle
{
    // In the order in which they need each other.
    private static readonly string[] Scripts =
    [
        "rules.sql", "events.sql", "members.sql", "sessions.sql", "views.sql", "identities.sql", "users.sql", "user_mapping.sql", "consent_users.sql",
        "event_rows.sql", "conversions.sql", "web_vitals.sql", "app_errors.sql", "consent_log.sql", "forgotten.sql",
    ];

    /// <summary>The rows of all tables, by table and key; without columns that depend on the course of events' coming.</summary>
    public static Tables Compute(IEnumerable<EnrichedEvent> lines) => Compute(lines, HistoryTables.Rules.Sessions);

    /// <summary>The same with sessions cut by these rules, of which midnight is that of UTC.</summary>
    public static Tables Compute(IEnumerable<EnrichedEvent> lines, SessionRules cuts)
    {
        using var database = new SqliteConnection("Data Source=:memory:");
        database.Open();
        database.CreateFunction("sha256", (string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))), isDeterministic: true);
        database.CreateFunction("regexp", (string pattern, string? text) => text is null ? (bool?)null : Regex.IsMatch(text, pattern), isDeterministic: true);
        Load(database, lines);
        Execute(database, FormattableString.Invariant($"""
            CREATE VIEW cuts AS SELECT
                {cuts.InactivityGap.TotalMilliseconds} AS inactivity_gap, {(cuts.Midnight is null ? 0 : 1)} AS midnight,
                {(cuts.NewCampaign ? 1 : 0)} AS new_campaign, {cuts.MaxLength?.TotalMilliseconds.ToString(CultureInfo.InvariantCulture) ?? "NULL"} AS max_length
            """));
        foreach (var script in Scripts) Execute(database, TestResource.Text(script));
        var tables = new Tables();
        foreach (var table in HistoryTables.All) Read(database, table, tables[table.Name]);
        return tables;
    }

    private static void Load(SqliteConnection database, IEnumerable<EnrichedEvent> lines)
    {
        var names = Enumerable.Range(0, EventFields.Count).Select(field => EventFields.Name((EventField)field)).ToArray();
        Execute(database, $"CREATE TABLE landed (line INTEGER PRIMARY KEY, {string.Join(", ", names.Select(name => $"{name} TEXT"))})");
        using var transaction = database.BeginTransaction();
        using var insert = database.CreateCommand();
        insert.CommandText = $"INSERT INTO landed ({string.Join(", ", names)}) VALUES ({string.Join(", ", names.Select(name => "$" + name))})";
        var values = names.Select(name => insert.Parameters.Add("$" + name, SqliteType.Text)).ToArray();
        foreach (var line in lines)
        {
            for (var field = 0; field < values.Length; field++) values[field].Value = (object?)line.Text((EventField)field) ?? DBNull.Value;
            insert.ExecuteNonQuery();
        }

        transaction.Commit();
    }

    private static void Read(SqliteConnection database, ModelTable table, TableRows rows)
    {
        var columns = HistoryTables.Compared(table);
        using var select = database.CreateCommand();
        select.CommandText = $"SELECT {string.Join(", ", columns.Select(column => column.Name))} FROM {table.Name}";
        using var reader = select.ExecuteReader();
        using var json = new MemoryStream();
        using var writer = new Utf8JsonWriter(json);
        while (reader.Read())
        {
            writer.WriteStartObject();
            for (var i = 0; i < columns.Length; i++)
            {
                if (reader.IsDBNull(i)) continue;
                writer.WritePropertyName(columns[i].Name);
                Write(writer, columns[i].Type, reader, i);
            }

            writer.WriteEndObject();
            writer.Flush();
            rows.Add(JsonElement.Parse(json.GetBuffer().AsSpan(0, (int)json.Length)));
            json.SetLength(0);
            writer.Reset();
        }
    }

    private static void Write(Utf8JsonWriter writer, string type, SqliteDataReader reader, int i)
    {
        if (type == "bool") writer.WriteBooleanValue(reader.GetBoolean(i));
        else if (type == "dynamic") writer.WriteRawValue(reader.GetString(i));
        else if (type == "long") writer.WriteNumberValue(reader.GetInt64(i));
        else if (type == "real") writer.WriteNumberValue(reader.GetDouble(i));
        else writer.WriteStringValue(reader.GetString(i));
    }

    private static void Execute(SqliteConnection database, string sql)
    {
        using var command = database.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
