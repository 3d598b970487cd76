using Snowplow.Grains.Live;
using Snowplow.Silo.Api;

namespace Snowplow.Silo.Tests.Api;

public sealed class RecentFeedTests
{
    [Fact]
    public void Message_WhenNothingCame_IsNone() => new RecentFeed().Message().ShouldBeNull();

    [Fact]
    public void Message_WhenMoreCameThanAreKept_HasTheNewestInOrder()
    {
        var recent = new RecentFeed();
        for (var i = 0; i < 4; i++)
        {
            var first = i * 20;
            recent.Add(new LiveBatch("p", i, i + 1, 20, 20, [.. Enumerable.Range(first, 20).Select(Event)], [.. Enumerable.Range(first, 20).Select(BadRow)]));
        }

        var message = recent.Message()!;
        message.Events.Select(e => e.EventId).ShouldBe(Enumerable.Range(80 - RecentFeed.MostEvents, RecentFeed.MostEvents).Select(number => $"{number}"));
        message.BadRows.Select(row => row.EventId).ShouldBe(Enumerable.Range(80 - RecentFeed.MostBadRows, RecentFeed.MostBadRows).Select(number => $"{number}"));
    }

    private static LiveEvent Event(int number) => new($"{number}", "pv", "page_view", null, null, null, null, null, null, null);

    private static LiveBadRow BadRow(int number) => new("iglu:a/b/jsonschema/1-0-0", "{}", $"{number}", DateTimeOffset.UnixEpoch);
}
