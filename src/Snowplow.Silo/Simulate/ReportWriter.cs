using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Snowplow.Silo.Simulate;

/// <summary>Form of the closing report.</summary>
internal enum ReportFormat
{
    /// <summary>Lines for people.</summary>
    Text,

    /// <summary>One JSON object with the report's members in snake_case.</summary>
    Json,
}

/// <summary>Writes the closing report.</summary>
internal static partial class ReportWriter
{
    /// <summary>Writes it in the format asked for.</summary>
    public static void Write(SimulateReport report, ReportFormat format, TextWriter output)
    {
        if (format == ReportFormat.Json)
            output.WriteLine(JsonSerializer.Serialize(report, ReportJson.Default.SimulateReport));
        else
            WriteText(report, output);
    }

    private static void WriteText(SimulateReport report, TextWriter output)
    {
        var failed = report.Failed.Count == 0
            ? "0"
            : string.Create(CultureInfo.InvariantCulture, $"{report.Failed.Values.Sum():N0} ({string.Join(", ", report.Failed.Select(pair => $"{pair.Key}: {pair.Value}"))})");
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"""
            sent          {report.Sent:N0} events in {report.Requests:N0} requests, {report.ElapsedSeconds:F1} s
            acknowledged  {report.Acknowledged:N0} ({report.EventsPerSecond:N0} events/s)
            failed        {failed}
            not sent      {report.Unsent:N0}
            sent again    {report.Retries:N0} requests
            latency       p50 {report.LatencyMsP50:F1} ms, p90 {report.LatencyMsP90:F1} ms, p99 {report.LatencyMsP99:F1} ms, max {report.LatencyMsMax:F1} ms
            own cost      {report.CpuMicrosPerEvent:F1} µs of processor time per event
            """));
    }

    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
    [JsonSerializable(typeof(SimulateReport))]
    private sealed partial class ReportJson : JsonSerializerContext;
}
