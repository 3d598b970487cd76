namespace Snowplow.Model.Tests.History;

/// <summary>
/// What has no client session: servers, pixels and things, by kind from 6 to 9. The server cuts their sessions, so pauses lie
/// about the half hour; views go on from one session to the next, for a day.
/// </summary>
internal sealed class OtherVisits(Chance chance, int kind)
{
    private readonly TestEvent _source = Of(chance, kind);
    private readonly string _page = chance.Id();

    public IEnumerable<TestEvent> Visit(TimeSpan start)
    {
        var visit = _source.Source(chance);
        if (visit.UserId is null && kind == 6 && chance.Once(0.3)) visit = visit with { UserId = chance.Pick("ann", "bob") };
        var time = TestEvent.Noon + start;
        for (var events = chance.Between(0, 9); events >= 0; events--)
        {
            var e = visit.Page(chance) with
            {
                Id = chance.Id(),
                Name = chance.Pick("page_view", "page_ping", "order_imported"),
                WebPageId = chance.Once(0.25) ? null : $"{_page} {time:MMdd} {chance.Between(1, 3)}",
                Time = time,
                Created = chance.Once(0.3) ? null : time.AddSeconds(-chance.Between(0, 9)),
                Collector = time.AddMilliseconds(chance.Between(0, 100)),
            };
            yield return chance.Once(0.3) ? e.Happening(chance) : e;
            time = time.AddMilliseconds(chance.Once(0.7) ? chance.Between(1, 400_000) : chance.Pick(1_799_999, 1_800_000, 1_800_001, 3_000_000));
        }
    }

    private static TestEvent Of(Chance chance, int kind)
    {
        const string zeros = "00000000-0000-0000-0000-000000000000";
        var e = new TestEvent { AppId = chance.Pick("shop", null) }.Device(chance);
        return kind switch
        {
            6 => e with { NetworkUserid = chance.Id(), Platform = chance.Pick("web", "srv") },
            7 => e with
            {
                UserId = $"customer-{chance.Between(1, 1_000_000)}",
                Platform = chance.Pick("iot", "srv", "tv", "cnsl", "headset", "pc", "app", "odd"),
                Ip = null,
            },
            8 => e,
            _ => e with { NetworkUserid = zeros, Ip = "unknown", DomainSessionid = chance.Pick(chance.Id(), null) },
        };
    }
}
