using Snowplow.Events.BadRows;
using Snowplow.Events.Enriched;

namespace Snowplow.Events.Tests.Enriched;

public sealed class EnrichedEventCheckTests
{
    private const string Entity = """{"schema":"iglu:com.acme/a/jsonschema/1-0-0","data":{}}""";

    private static readonly (EventField, string)[] Required =
    [
        (EventField.CollectorTstamp, "2026-03-01 10:00:00.250"), (EventField.EventId, "0f1e2d3c-4b5a-4978-8695-000000000000"),
        (EventField.VCollector, "c"), (EventField.VEtl, "e"),
    ];

    [Theory]
    [InlineData(EventField.AppId, "anything")]
    [InlineData(EventField.TxnId, "-12")]
    [InlineData(EventField.SeValue, "12.50")]
    [InlineData(EventField.GeoLatitude, "-1E-3")]
    [InlineData(EventField.BrCookies, "0")]
    [InlineData(EventField.TrueTstamp, "2026-03-01 10:00:00")]
    [InlineData(EventField.Contexts, $$"""{"schema":"iglu:x/contexts/jsonschema/1-0-0","data":[{{Entity}},{{Entity}}]}""")]
    [InlineData(EventField.DerivedContexts, """{"schema":"iglu:x/contexts/jsonschema/1-0-0","data":[]}""")]
    [InlineData(EventField.UnstructEvent, $$"""{"schema":"iglu:x/unstruct_event/jsonschema/1-0-0","data":{{Entity}}}""")]
    public void Check_WhenAFieldIsOfItsType_FindsNothing(EventField field, string text) =>
        EnrichedEventCheck.Check(EventLines.Event([.. Required, (field, text)])).ShouldBeNull();

    [Theory]
    [InlineData(EventField.CollectorTstamp, "", "must not be empty")]
    [InlineData(EventField.EventId, "x", "must be a UUID")]
    [InlineData(EventField.VEtl, "", "must not be empty")]
    [InlineData(EventField.TxnId, "2147483648", "must be an integer of 32 bits")]
    [InlineData(EventField.TxnId, "1.5", "must be an integer of 32 bits")]
    [InlineData(EventField.GeoLatitude, "NaN", "must be a number")]
    [InlineData(EventField.BrCookies, "true", "must be 0 or 1")]
    [InlineData(EventField.TrueTstamp, "yesterday", "must be a timestamp")]
    [InlineData(EventField.Contexts, "{", "must be JSON")]
    [InlineData(EventField.Contexts, Entity, "whose data is a list")]
    [InlineData(EventField.Contexts, """{"schema":"iglu:x/contexts/jsonschema/1-0-0","data":[{"schema":"http://x","data":{}}]}""", "by an Iglu URI")]
    [InlineData(EventField.Contexts, """{"schema":"iglu:x/contexts/jsonschema/1-0-0","data":[1]}""", "whose data is a list")]
    [InlineData(EventField.UnstructEvent, "[]", "within another")]
    public void Check_WhenAFieldCannotBeRead_NamesIt(EventField field, string text, string message)
    {
        var e = EventLines.Event([.. Required.Where(pair => pair.Item1 != field), (field, text)]);

        var (named, value, said) = EnrichedEventCheck.Check(e).ShouldBeOfType<EnrichedLineFault.RowDecoding>().Errors.ShouldHaveSingleItem();

        (named, value).ShouldBe((field, text));
        said.ShouldContain(message);
    }

    [Theory]
    [InlineData("", typeof(EnrichedLineFault.NotTsv))]
    [InlineData("a\tb", typeof(EnrichedLineFault.FieldNumberMismatch))]
    public void CheckFieldCount_WhenThereAreNot131_SaysHowMany(string line, Type fault) =>
        EnrichedEventCheck.CheckFieldCount(EventLines.Utf8(line)).ShouldBeOfType(fault);
}
