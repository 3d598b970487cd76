namespace Snowplow.Model.Tests.History;

/// <summary>
/// Made-up visits, the same for a seed: web, apps, servers, pixels, anonymous people, shared devices and bots. No two events
/// have the same time, since the documents leave open which of two ids seen at one time was seen last.
/// </summary>
/// <param name="seed">Says which.</param>
/// <param name="hasMembers">
/// Whether some events have an entity by which people are known, too, a few of them and some in common to many.
/// </param>
internal sealed class Traffic(int seed, bool hasMembers = true)
{
    private readonly Chance _chance = new(seed);
    private readonly HashSet<DateTimeOffset> _taken = [];
    private readonly List<string> _members = [];

    /// <summary>Events of few visitors, visit by visit; visits lie anywhere, also over each other.</summary>
    /// <param name="count">How many.</param>
    /// <param name="span">Within which time, from <see cref="TestEvent.Noon"/>.</param>
    public List<TestEvent> Events(int count, TimeSpan span)
    {
        var visitors = Enumerable.Range(0, 4 + count / 40).Select(_ => new Visitor(_chance)).ToArray();
        var events = new List<TestEvent>();
        while (events.Count < count)
        {
            var visitor = visitors[_chance.Between(0, visitors.Length - 1)];
            events.AddRange(visitor.Visit(_chance.Within(span)).Where(e => e.Time - TestEvent.Noon < span).Select(AtFreeTime));
        }

        return events[..count];
    }

    /// <summary>Events of many visitors with one to three visits each.</summary>
    public List<TestEvent> Population(int visitors, TimeSpan span) =>
    [
        .. Enumerable.Range(0, visitors).Select(_ => new Visitor(_chance))
            .SelectMany(visitor => Enumerable.Range(0, _chance.Between(1, 3)).SelectMany(_ => visitor.Visit(_chance.Within(span)))).Select(AtFreeTime),
    ];

    /// <summary>Events of one visitor who never rests, a second apart, with few pages and no conversions.</summary>
    public List<TestEvent> Robot(int count, string useragent)
    {
        var e = new TestEvent { NetworkUserid = _chance.Id(), Useragent = useragent, WebPageId = "robot-page", Url = "https://shop.example/p/1", Path = "/p/1" };
        return
        [
            .. Enumerable.Range(0, count).Select(i => AtFreeTime(e with
            {
                Id = _chance.Id(),
                Name = i % 10 == 0 ? "page_view" : i % 10 == 5 ? "page_ping" : "link_click",
                WebPageId = $"robot-page-{i / 10 % 100}",
                Time = TestEvent.Noon.AddSeconds(i),
                Created = TestEvent.Noon.AddSeconds(i % 7000),
            })),
        ];
    }

    /// <summary>Adds copies of a share of the events, other in times and content as retries are, within the same span.</summary>
    public List<TestEvent> WithCopies(List<TestEvent> events, double share, TimeSpan span) =>
        [.. events, .. events.Where(_ => _chance.Once(share)).Select(e => Copy(e, span))];

    public void Shuffle(List<TestEvent> events) => _chance.Shuffle(events);

    /// <summary>
    /// When events come: most at once, some of them with a copy soon after, some later. What is late has no copies, since how long
    /// an event's id is known is counted from the latest event.
    /// </summary>
    public IEnumerable<(TestEvent Event, DateTimeOffset At)> Arrivals(List<TestEvent> events, double lateShare, int hoursLate, double copyShare = 0)
    {
        foreach (var e in events)
        {
            var isLate = _chance.Once(lateShare);
            yield return (e, isLate ? e.Time + _chance.Within(TimeSpan.FromHours(hoursLate)) : e.Time);
            if (!isLate && _chance.Once(copyShare)) yield return (Copy(e, TimeSpan.Zero), e.Time.AddMilliseconds(1));
        }
    }

    // A minute after, and where there is a span sometimes anywhere in it.
    private TestEvent Copy(TestEvent e, TimeSpan span)
    {
        var time = e.Time - TestEvent.Noon + TimeSpan.FromSeconds(_chance.Between(1, 60));
        return AtFreeTime(e with
        {
            Time = TestEvent.Noon + (span == TimeSpan.Zero || (_chance.Once(0.7) && time < span) ? time : _chance.Within(span)),
            Collector = null,
            Useragent = _chance.Pick("retry", e.Useragent),
            Title = _chance.Pick("Copy", e.Title),
            Path = _chance.Pick("/welcome", e.Path, e.Path),
            Told = e.Name == "purchase" && _chance.Once(0.5) ? TestEntity.Of("com.example/purchase", "1-0-0", ("total", 3.25)) : e.Told,
        });
    }

    private TestEvent AtFreeTime(TestEvent e)
    {
        var time = e.Time;
        while (!_taken.Add(time)) time = time.AddMilliseconds(1);
        return e with { Time = time, Collector = e.HasDerived ? e.Collector : null, Entities = hasMembers ? [.. e.Entities, .. Member(e)] : e.Entities };
    }

    private IEnumerable<TestEntity> Member(TestEvent e)
    {
        if (e.DomainUserid is null || !_chance.Once(0.08)) yield break;
        if (_members.Count == 0 || _chance.Once(0.15)) _members.Add(_chance.Id());
        yield return TestEntity.Of("com.example/member", "1-0-0", ("hash", _members[_chance.Between(Math.Max(0, _members.Count - 4), _members.Count - 1)]));
    }
}
