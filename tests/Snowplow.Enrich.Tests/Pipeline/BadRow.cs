using System.Text;
using System.Text.Json;

namespace Snowplow.Enrich.Tests.Pipeline;

/// <summary>A bad row as read back from its line.</summary>
internal sealed record BadRow(JsonElement Json)
{
    public string Schema => Json.GetProperty("schema").GetString()!;

    public string Type => Schema.Split('/')[1];

    public JsonElement Failure => Json.GetProperty("data").GetProperty("failure");

    public JsonElement Payload => Json.GetProperty("data").GetProperty("payload");

    public JsonElement Data => Json.GetProperty("data");

    public override string ToString() => Json.GetRawText();

    public static IReadOnlyList<BadRow> ParseLines(ReadOnlyMemory<byte> lines)
    {
        var text = Encoding.UTF8.GetString(lines.Span);
        if (text.Length > 0) text.ShouldEndWith("\n");
        return [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => new BadRow(JsonDocument.Parse(line).RootElement))];
    }
}
