using Snowplow.Events.Enriched;

namespace Snowplow.Grains.Tests;

public sealed class LandedEventsConverterTests
{
    [Fact]
    public void Converter_ThereAndBack_GivesTheSelectedLinesInOrder()
    {
        var batch = EnrichedBatch.Parse(Lines("a", "b", "c"));
        var converter = new LandedEventsConverter();

        var copy = converter.ConvertFromSurrogate(converter.ConvertToSurrogate(new LandedEvents(batch, [0, 2])));

        copy.Select(e => e.Text(EventField.AppId)).ShouldBe(["a", "c"]);
        copy[1].Line.SequenceEqual(batch[2].Line).ShouldBeTrue();
    }

    private static byte[] Lines(params string[] appIds) =>
        System.Text.Encoding.UTF8.GetBytes(string.Concat(appIds.Select(id => id + new string('\t', EventFields.Count - 1) + "\n")));
}
