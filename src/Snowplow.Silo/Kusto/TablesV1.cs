using System.Text.Json;
using Snowplow.Kql.Data;

namespace Snowplow.Silo.Kusto;

/// <summary>Writes an answer in version 1 of the protocol: the results, their properties, the status, and a table of contents.</summary>
internal static class TablesV1
{
    private static readonly (string, KqlType)[] PropertyColumns = [("Value", KqlType.String)];

    private static readonly (string, KqlType)[] StatusColumns =
    [
        ("Timestamp", KqlType.DateTime), ("Severity", KqlType.Int), ("SeverityName", KqlType.String), ("StatusCode", KqlType.Int),
        ("StatusDescription", KqlType.String), ("Count", KqlType.Int), ("RequestId", KqlType.Guid), ("ActivityId", KqlType.Guid),
        ("SubActivityId", KqlType.Guid), ("ClientActivityId", KqlType.String),
    ];

    private static readonly (string, KqlType)[] ContentsColumns =
        [("Ordinal", KqlType.Long), ("Kind", KqlType.String), ("Name", KqlType.String), ("Id", KqlType.String), ("PrettyName", KqlType.String)];

    /// <summary>Writes the answer to a query.</summary>
    public static async Task WriteQueryAsync(KustoJson json, KustoAnswer answer, KustoIds ids)
    {
        var writer = json.Writer;
        Start(writer);
        var tables = await WriteResultsAsync(json, answer).ConfigureAwait(false);
        WriteProperties(writer, tables, answer);
        WriteStatus(writer, tables + 1, answer, ids);
        WriteContents(writer, tables);
        End(writer, answer.Error);
    }

    /// <summary>Writes the answer to a management command: its results alone.</summary>
    public static async Task WriteCommandAsync(KustoJson json, KustoAnswer answer)
    {
        Start(json.Writer);
        await WriteResultsAsync(json, answer).ConfigureAwait(false);
        End(json.Writer, answer.Error);
    }

    private static async Task<int> WriteResultsAsync(KustoJson json, KustoAnswer answer)
    {
        for (var i = 0; i < answer.Results.Count; i++)
        {
            StartTable(json.Writer, i, answer.Results[i].Columns.Select(column => (column.Name, column.Type)));
            await json.WriteRowsAsync(answer.Results[i]).ConfigureAwait(false);
            EndTable(json.Writer);
        }

        if (answer.Error is not { } error) return answer.Results.Count;
        // A row that tells of the failure stands where rows would.
        StartTable(json.Writer, answer.Results.Count, []);
        json.Writer.WriteStartObject();
        WriteExceptions(json.Writer, error);
        json.Writer.WriteEndObject();
        EndTable(json.Writer);
        return answer.Results.Count + 1;
    }

    private static void WriteProperties(Utf8JsonWriter writer, int table, KustoAnswer answer)
    {
        StartTable(writer, table, PropertyColumns);
        foreach (var result in answer.Results)
        {
            writer.WriteStartArray();
            writer.WriteStringValue(VisualizationJson.Of(result.Visualization));
            writer.WriteEndArray();
        }

        EndTable(writer);
    }

    private static void WriteStatus(Utf8JsonWriter writer, int table, KustoAnswer answer, KustoIds ids)
    {
        StartTable(writer, table, StatusColumns);
        foreach (var status in QueryStatus.Of(answer))
        {
            writer.WriteStartArray();
            writer.WriteStringValue(DateTime.UtcNow);
            writer.WriteNumberValue(status.Level);
            writer.WriteStringValue(status.LevelName);
            writer.WriteNumberValue(status.Code);
            writer.WriteStringValue(status.Text);
            writer.WriteNumberValue(1);
            for (var i = 0; i < 3; i++) writer.WriteStringValue(ids.ActivityId);
            writer.WriteStringValue(ids.ClientRequestId);
            writer.WriteEndArray();
        }

        EndTable(writer);
    }

    private static void WriteContents(Utf8JsonWriter writer, int results)
    {
        StartTable(writer, results + 2, ContentsColumns);
        for (var i = 0; i < results; i++) Row(i, "QueryResult", "PrimaryResult");
        Row(results, "QueryProperties", "@ExtendedProperties");
        Row(results + 1, "QueryStatus", "QueryStatus");
        EndTable(writer);

        void Row(int ordinal, string kind, string name)
        {
            writer.WriteStartArray();
            writer.WriteNumberValue(ordinal);
            writer.WriteStringValue(kind);
            writer.WriteStringValue(name);
            writer.WriteStringValue(Guid.NewGuid());
            writer.WriteStringValue("");
            writer.WriteEndArray();
        }
    }

    private static void Start(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteStartArray("Tables");
    }

    private static void End(Utf8JsonWriter writer, KustoError? error)
    {
        writer.WriteEndArray();
        if (error is not null) WriteExceptions(writer, error);
        writer.WriteEndObject();
    }

    private static void WriteExceptions(Utf8JsonWriter writer, KustoError error)
    {
        writer.WriteStartArray("Exceptions");
        writer.WriteStringValue(error.Detail);
        writer.WriteEndArray();
    }

    private static void StartTable(Utf8JsonWriter writer, int number, IEnumerable<(string, KqlType)> columns)
    {
        writer.WriteStartObject();
        writer.WriteString("TableName", $"Table_{number}");
        KustoColumns.Write(writer, columns, withDataType: true);
        writer.WriteStartArray("Rows");
    }

    private static void EndTable(Utf8JsonWriter writer)
    {
        writer.WriteEndArray();
        writer.WriteEndObject();
    }
}
