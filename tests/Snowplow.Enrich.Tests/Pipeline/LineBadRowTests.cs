using System.Buffers;
using System.Text;
using Snowplow.Enrich.Tests.JsonSchema;
using Snowplow.Events.BadRows;
using Snowplow.Events.Enriched;

namespace Snowplow.Enrich.Tests.Pipeline;

/// <summary>Bad rows that commands write about lines, against their schemas in Iglu Central.</summary>
public sealed class LineBadRowTests
{
    [SharedFact("iglu-central")]
    public void LineBadRows_OfEveryKind_MatchTheirSchemas()
    {
        using var writer = new BadRowWriter(Harness.Options.Processor);
        var output = new ArrayBufferWriter<byte>();
        writer.UnreadableLine(output, DateTimeOffset.UnixEpoch, new ErrorMessage("line 1: this is no JSON"), "x"u8);
        foreach (var line in (string[])["", "junk", "a\tb", new string('\t', 5000), new string('\t', 130)])
        {
            var utf8 = Encoding.UTF8.GetBytes(line);
            var fault = EnrichedEventCheck.CheckFieldCount(utf8)
                ?? EnrichedEventCheck.Check(EnrichedBatch.Parse((byte[])[.. utf8, (byte)'\n'])[0]);
            writer.LoaderParsingError(output, fault.ShouldNotBeNull(), utf8);
        }

        var rows = BadRow.ParseLines(output.WrittenMemory);
        rows.Count.ShouldBe(6);
        foreach (var row in rows) BadRowSchemas.Check(row);
    }
}
