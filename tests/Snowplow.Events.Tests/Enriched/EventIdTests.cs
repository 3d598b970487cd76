using Snowplow.Events.Enriched;

namespace Snowplow.Events.Tests.Enriched;

public sealed class EventIdTests
{
    private static readonly Guid Payload = new("7f3c2b1a-0000-4000-8000-000000000001");

    // Golden: stored events keep these ids, so another value is a break, not an update of this test.
    [Theory]
    [InlineData(0, "31c6de81-5a9d-5272-92ff-f771d393ff06")]
    [InlineData(7, "f7d05b76-7e71-5e36-a792-4aed863efaa4")]
    public void FromPayload_ForEver_GivesTheSameId(int index, string expected) =>
        EventId.FromPayload(Payload, index).ToString().ShouldBe(expected);

    [Fact]
    public void FromPosition_ForEver_GivesTheSameId() =>
        EventId.FromPosition("rawlog-3", 42, 1).ToString().ShouldBe("8e12f90b-5e38-5358-8b44-4d24db6a5eea");

    [Fact]
    public void Ids_OfDifferentPlaces_AreDifferentVersion5Uuids()
    {
        Guid[] ids =
        [
            EventId.FromPayload(Payload, 0),
            EventId.FromPayload(Payload, 1),
            EventId.FromPayload(Guid.Empty, 0),
            EventId.FromPosition("p", 1, 0),
            EventId.FromPosition("p", 0, 1),
            EventId.FromPosition("q", 1, 0),
            EventId.FromPosition(new string('p', 500), 1, 0),
        ];
        ids.ShouldBeUnique();
        ids.ShouldAllBe(id => id.Version == 5 && (id.Variant & 0xC) == 8);
    }
}
