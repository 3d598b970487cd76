using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Snowplow.Silo.Kusto;

/// <summary>How a query ended, for the tables of status of both versions of the protocol.</summary>
/// <param name="Level">Kusto's level: 2 error, 4 info, 6 figures.</param>
/// <param name="LevelName">Its name.</param>
/// <param name="Code">0, or the code of the error.</param>
/// <param name="EventType">Kusto's number of the kind of row.</param>
/// <param name="EventTypeName">Its name.</param>
/// <param name="Text">What happened, for people; of figures JSON.</param>
internal sealed record QueryStatus(int Level, string LevelName, int Code, int EventType, string EventTypeName, string Text)
{
    private const int FailedCode = unchecked((int)0x80DA0003);
    private const int QueryInfo = 4;

    private static readonly JsonSerializerOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The rows of an answer.</summary>
    public static IEnumerable<QueryStatus> Of(KustoAnswer answer)
    {
        yield return answer.Error is { } error
            ? new QueryStatus(2, "Error", FailedCode, QueryInfo, "QueryInfo", error.Detail)
            : new QueryStatus(4, "Info", 0, QueryInfo, "QueryInfo", "Query completed successfully");
        yield return new QueryStatus(6, "Stats", 0, 0, "QueryResourceConsumption", Figures(answer));
    }

    /// <summary>The code as text: <c>S_OK (0)</c>.</summary>
    public string CodeName => Code == 0 ? "S_OK (0)" : Code.ToString("X8", CultureInfo.InvariantCulture);

    /// <summary>The text as version 2 has it: JSON.</summary>
    public string Payload => EventType == QueryInfo ? JsonSerializer.Serialize(new { Count = 1, Text }, Options) : Text;

    private static string Figures(KustoAnswer answer)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartObject();
            writer.WriteNumber("ExecutionTime", answer.Took.TotalSeconds);
            writer.WriteStartArray("dataset_statistics");
            foreach (var result in answer.Results)
            {
                writer.WriteStartObject();
                writer.WriteNumber("table_row_count", result.RowCount);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }
}
