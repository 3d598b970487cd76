using System.Text.Json;
using Snowplow.Kql.Data;

namespace Snowplow.Silo.Kusto;

/// <summary>Writes an answer in version 2 of the protocol: an array of frames, none of them progressive.</summary>
internal static class FramesV2
{
    private static readonly (string, KqlType)[] PropertyColumns = [("TableId", KqlType.Int), ("Key", KqlType.String), ("Value", KqlType.Dynamic)];

    private static readonly (string, KqlType)[] CompletionColumns =
    [
        ("Timestamp", KqlType.DateTime), ("ClientRequestId", KqlType.String), ("ActivityId", KqlType.Guid), ("SubActivityId", KqlType.Guid),
        ("ParentActivityId", KqlType.Guid), ("Level", KqlType.Int), ("LevelName", KqlType.String), ("StatusCode", KqlType.Int),
        ("StatusCodeName", KqlType.String), ("EventType", KqlType.Int), ("EventTypeName", KqlType.String), ("Payload", KqlType.String),
    ];

    /// <summary>Writes all frames.</summary>
    public static async Task WriteAsync(KustoJson json, KustoAnswer answer, KustoIds ids)
    {
        var writer = json.Writer;
        writer.WriteStartArray();
        WriteHeader(writer);
        WriteProperties(writer, answer);
        for (var i = 0; i < answer.Results.Count; i++)
        {
            StartTable(writer, i + 1, "PrimaryResult", answer.Results[i].Name, answer.Results[i].Columns.Select(column => (column.Name, column.Type)));
            await json.WriteRowsAsync(answer.Results[i]).ConfigureAwait(false);
            EndTable(writer);
        }

        WriteCompletion(writer, answer, ids);
        WriteEnd(writer, answer.Error, ids);
        writer.WriteEndArray();
    }

    private static void WriteHeader(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("FrameType", "DataSetHeader");
        writer.WriteBoolean("IsProgressive", false);
        writer.WriteString("Version", "v2.0");
        writer.WriteEndObject();
    }

    private static void WriteProperties(Utf8JsonWriter writer, KustoAnswer answer)
    {
        StartTable(writer, 0, "QueryProperties", "@ExtendedProperties", PropertyColumns);
        for (var i = 0; i < answer.Results.Count; i++)
        {
            writer.WriteStartArray();
            writer.WriteNumberValue(i + 1);
            writer.WriteStringValue("Visualization");
            writer.WriteStringValue(VisualizationJson.Of(answer.Results[i].Visualization));
            writer.WriteEndArray();
        }

        EndTable(writer);
    }

    private static void WriteCompletion(Utf8JsonWriter writer, KustoAnswer answer, KustoIds ids)
    {
        StartTable(writer, answer.Results.Count + 1, "QueryCompletionInformation", "QueryCompletionInformation", CompletionColumns);
        foreach (var status in QueryStatus.Of(answer))
        {
            writer.WriteStartArray();
            writer.WriteStringValue(DateTime.UtcNow);
            writer.WriteStringValue(ids.ClientRequestId);
            for (var i = 0; i < 3; i++) writer.WriteStringValue(ids.ActivityId);
            writer.WriteNumberValue(status.Level);
            writer.WriteStringValue(status.LevelName);
            writer.WriteNumberValue(status.Code);
            writer.WriteStringValue(status.CodeName);
            writer.WriteNumberValue(status.EventType);
            writer.WriteStringValue(status.EventTypeName);
            writer.WriteStringValue(status.Payload);
            writer.WriteEndArray();
        }

        EndTable(writer);
    }

    private static void WriteEnd(Utf8JsonWriter writer, KustoError? error, KustoIds ids)
    {
        writer.WriteStartObject();
        writer.WriteString("FrameType", "DataSetCompletion");
        writer.WriteBoolean("HasErrors", error is not null);
        writer.WriteBoolean("Cancelled", false);
        if (error is not null)
        {
            writer.WriteStartArray("OneApiErrors");
            error.Write(writer, ids);
            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    }

    private static void StartTable(Utf8JsonWriter writer, int id, string kind, string name, IEnumerable<(string, KqlType)> columns)
    {
        writer.WriteStartObject();
        writer.WriteString("FrameType", "DataTable");
        writer.WriteNumber("TableId", id);
        writer.WriteString("TableKind", kind);
        writer.WriteString("TableName", name);
        KustoColumns.Write(writer, columns, withDataType: false);
        writer.WriteStartArray("Rows");
    }

    private static void EndTable(Utf8JsonWriter writer)
    {
        writer.WriteEndArray();
        writer.WriteEndObject();
    }
}
