using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Snowplow.Model.Rules;
using Snowplow.Model.Sessions;
using Snowplow.Model.Users;

namespace Snowplow.Model.Tests;

/// <summary>Reads lines of rows.</summary>
internal static class RowText
{
    public static SessionRow[] SessionRows(this SessionStateRows rows) => [.. Lines(rows.SessionLines).Select(line => Read(line, ModelJson.SessionRow))];

    public static JsonObject[] ViewRows(this SessionStateRows rows) => Objects(rows.ViewLines);

    public static UserRow? UserRow(this UserStateRows? rows) => rows is null ? null : Read(Lines(rows.UserLine).Single(), ModelJson.UserRow);

    public static SessionRow? CurrentRow(this SessionState state, string sessionIdentifier, ModelRules rules) =>
        state.Current(sessionIdentifier, rules) is { } json ? JsonSerializer.Deserialize(json, ModelJson.SessionRow) : null;

    public static UserRow? CurrentRow(this UserState state) =>
        state.Current() is { } json ? JsonSerializer.Deserialize(json, ModelJson.UserRow) : null;

    public static JsonObject[] Objects(byte[] lines) => [.. Lines(lines).Select(line => JsonNode.Parse(line)!.AsObject())];

    private static string[] Lines(byte[] lines) => System.Text.Encoding.UTF8.GetString(lines).Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private static T Read<T>(string line, JsonTypeInfo<T> type) => JsonSerializer.Deserialize(line, type)!;
}
