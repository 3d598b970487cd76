using System.Buffers;
using FsCheck;
using FsCheck.Fluent;
using Snowplow.Events.Enriched;

namespace Snowplow.Events.Tests.Enriched;

public sealed class LineRoundTripTests
{
    [Fact]
    public void Line_ReadAndWrittenAgain_IsTheSame() =>
        Prop.ForAll(ArbMap.Default.ArbFor<Tuple<byte, string>[]>(), fields =>
        {
            var builder = new EnrichedEventBuilder();
            foreach (var (field, text) in fields) builder.SetText((EventField)(field % EventFields.Count), text);
            var first = Line(builder);

            var e = EnrichedBatch.Parse(first)[0];
            var again = new EnrichedEventBuilder();
            for (var field = 0; field < EventFields.Count; field++) again.SetClean((EventField)field, e[(EventField)field]);
            return Line(again).Span.SequenceEqual(first.Span) && builder.LineSize == first.Length && e.Line.Length == first.Length - 1;
        }).QuickCheckThrowOnFailure();

    private static ReadOnlyMemory<byte> Line(EnrichedEventBuilder builder)
    {
        var output = new ArrayBufferWriter<byte>();
        builder.WriteLine(output);
        return output.WrittenMemory;
    }
}
