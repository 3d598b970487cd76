using System.Globalization;
using Snowplow.Events.Enriched;

namespace Snowplow.Model.Tests.History;

/// <summary>
/// A browser that two people may share: pages with pings, tabs left open over the session's end, cookies that are cleared, a
/// clock that may be days off.
/// </summary>
internal sealed class WebVisits(Chance chance)
{
    private readonly TestEvent _device = new TestEvent { NetworkUserid = chance.Once(0.3) ? chance.Id() : null }.Device(chance);
    private readonly TimeSpan _clock = chance.Once(0.2) ? TimeSpan.FromHours(chance.Between(-200, 200)) : TimeSpan.Zero;
    private readonly string _other = $"bob-{chance.Between(1, 500)}";
    private readonly string _owner = $"ann-{chance.Between(1, 500)}";
    private string _cookie = chance.Id();
    private int _index;
    private string? _openTab;
    private TimeSpan _time;

    public IEnumerable<TestEvent> Visit(TimeSpan start)
    {
        _time = start;
        var visit = (_device with
        {
            DomainSessionid = chance.Id(),
            DomainSessionidx = chance.Once(0.1) ? null : ++_index,
            UserId = chance.Once(0.3) ? chance.Pick(_owner, _other) : null,
        }).Source(chance);
        if (_openTab is not null && chance.Once(0.5))
            foreach (var ping in Pings(visit.Page(chance) with { WebPageId = _openTab })) yield return ping;

        for (var pages = chance.Between(0, 4); pages >= 0; pages--)
        {
            if (chance.Once(0.1)) _cookie = chance.Id();
            if (chance.Once(0.05)) _time += TimeSpan.FromMinutes(45);
            var page = visit.Page(chance) with { WebPageId = chance.Once(0.15) ? null : chance.Once(0.1) ? _openTab : chance.Id() };
            _openTab = page.WebPageId ?? _openTab;
            if (chance.Once(0.9)) yield return Next(Sized(page), chance.Between(1, 90_000));
            foreach (var ping in Pings(page)) yield return ping;
            for (var more = chance.Between(0, 2); more > 0; more--) yield return Next(page.Happening(chance), chance.Between(1, 20_000));
        }
    }

    private IEnumerable<TestEvent> Pings(TestEvent page)
    {
        for (var pings = chance.Between(0, 4); pings > 0; pings--)
        {
            yield return Next(
                Sized(page with { Name = "page_ping" }).Also(
                    (EventField.PpXoffsetMax, chance.Pick("0", "120", "-7", null)), (EventField.PpYoffsetMax, Text(chance.Between(-10, 5000)))),
                chance.Between(4_000, 16_000));
        }
    }

    private TestEvent Sized(TestEvent e) => chance.Once(0.2) ? e : e.Also(
        (EventField.DocWidth, chance.Pick("1000", "1200", "0")), (EventField.DocHeight, Text(chance.Between(0, 4000))),
        (EventField.BrViewwidth, chance.Pick("1000", "1201", null)), (EventField.BrViewheight, Text(chance.Between(300, 900))));

    private TestEvent Next(TestEvent e, int milliseconds)
    {
        _time += TimeSpan.FromMilliseconds(milliseconds);
        var time = TestEvent.Noon + _time;
        return e with
        {
            Id = chance.Id(),
            DomainUserid = chance.Once(0.02) ? null : _cookie,
            Time = time,
            Created = chance.Once(0.1) ? null : time + _clock + TimeSpan.FromMilliseconds(chance.Between(-3000, 3000)),
            Collector = time.AddMilliseconds(chance.Between(0, 5000)),
            HasDerived = chance.Once(0.97),
        };
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
