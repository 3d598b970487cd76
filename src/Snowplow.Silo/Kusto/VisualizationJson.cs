using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Snowplow.Kql;

namespace Snowplow.Silo.Kusto;

/// <summary>What <c>render</c> asked for, as the properties of a result say it.</summary>
internal static class VisualizationJson
{
    // Kusto's names of the properties of render, in the order in which it lists them.
    private static readonly string[] Names = ["Title", "XColumn", "Series", "YColumns", "AnomalyColumns", "XTitle", "YTitle", "XAxis", "YAxis", "Legend", "YSplit"];

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A JSON text; of a result without <c>render</c> its <c>Visualization</c> is null.</summary>
    public static string Of(Visualization? visualization)
    {
        var properties = new Dictionary<string, object?>(visualization?.Properties ?? new Dictionary<string, object?>(), StringComparer.OrdinalIgnoreCase);
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, Options))
        {
            writer.WriteStartObject();
            writer.WriteString("Visualization", visualization?.Kind);
            foreach (var name in Names) writer.WriteString(name, Text(properties.GetValueOrDefault(name)));
            writer.WriteBoolean("Accumulate", properties.GetValueOrDefault("Accumulate") is true or "true");
            writer.WriteBoolean("IsQuerySorted", false);
            writer.WriteString("Kind", Text(properties.GetValueOrDefault("Kind")));
            WriteBound(writer, "Ymin", properties);
            WriteBound(writer, "Ymax", properties);
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }

    private static string? Text(object? value) => value switch
    {
        null => null,
        object?[] list => string.Join(',', list.Select(ResultJson.Text)),
        _ => ResultJson.Text(value),
    };

    private static void WriteBound(Utf8JsonWriter writer, string name, Dictionary<string, object?> properties)
    {
        writer.WritePropertyName(name);
        if (properties.GetValueOrDefault(name) is { } bound) ResultJson.WriteValue(writer, bound);
        else writer.WriteStringValue("NaN");
    }
}
