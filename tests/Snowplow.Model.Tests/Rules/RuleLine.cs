using System.Buffers;
using System.Text;
using Snowplow.Events.Enriched;

namespace Snowplow.Model.Tests.Rules;

/// <summary>Lines of enriched TSV from fields by their names.</summary>
internal static class RuleLine
{
    /// <summary>A line of <c>name=value</c> parts; values keep their white space.</summary>
    public static EnrichedEvent Of(params string[] fields)
    {
        var builder = new EnrichedEventBuilder();
        foreach (var field in fields)
        {
            var equals = field.IndexOf('=', StringComparison.Ordinal);
            EventFields.TryParse(field[..equals], out var column).ShouldBeTrue(field);
            builder.SetText(column, field[(equals + 1)..]);
        }

        var output = new ArrayBufferWriter<byte>();
        builder.WriteLine(output);
        return EnrichedBatch.Parse(output.WrittenMemory)[0];
    }

    /// <summary>A column of entities: pairs of a schema's <c>vendor/name/jsonschema/version</c> and its data.</summary>
    public static string Contexts(params (string Schema, string Data)[] entities) =>
        $$"""{"schema":"iglu:com.snowplowanalytics.snowplow/contexts/jsonschema/1-0-1","data":[{{string.Join(',', entities.Select(entity => SelfDescribing(entity.Schema, entity.Data)))}}]}""";

    /// <summary>The column of a self-describing event.</summary>
    public static string UnstructEvent(string schema, string data) =>
        $$"""{"schema":"iglu:com.snowplowanalytics.snowplow/unstruct_event/jsonschema/1-0-0","data":{{SelfDescribing(schema, data)}}}""";

    public static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    private static string SelfDescribing(string schema, string data) => $$"""{"schema":"iglu:{{schema}}","data":{{data}}}""";
}
