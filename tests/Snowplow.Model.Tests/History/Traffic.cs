namespace Snowplow.Model.Tests.History;

/// <summary>Made-up visits, the same for a seed: web, mobile, server-side, anonymous and shared devices.</summary>
internal sealed class Traffic(int seed)
{
    private static readonly string[] Names = ["page_view", "page_view", "page_ping", "page_ping", "link_click", "screen_view", "purchase"];

    private readonly Random _random = new(seed);

    /// <summary>Events in no order.</summary>
    /// <param name="count">How many.</param>
    /// <param name="span">Within which time, from <see cref="TestEvent.Noon"/>.</param>
    public List<TestEvent> Events(int count, TimeSpan span) => [.. Enumerable.Range(0, count).Select(_ => Event(span))];

    /// <summary>Adds copies of a share of the events, other in times and content as retries are, within the same span.</summary>
    public List<TestEvent> WithCopies(List<TestEvent> events, double share, TimeSpan span) =>
    [
        .. events,
        .. events.Where(_ => _random.NextDouble() < share).Select(e => e with
        {
            Time = TestEvent.Noon + (_random.Next(3) > 0 ? Within(e.Time - TestEvent.Noon + TimeSpan.FromSeconds(1 + _random.Next(60)), span) : Random(span)),
            Useragent = Pick("retry", e.Useragent),
            Url = Pick("https://retry.example/", e.Url),
        }),
    ];

    public void Shuffle(List<TestEvent> events) => _random.Shuffle(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(events));

    private TestEvent Event(TimeSpan span)
    {
        var time = TestEvent.Noon + Random(span);
        var page = _random.Next(6);
        var e = new TestEvent
        {
            Id = NewId(),
            Name = Pick(Names)!,
            Time = time,
            Created = _random.Next(10) == 0 ? null : time.AddSeconds(_random.Next(-30, 30)),
            Useragent = Pick("Mozilla/5.0 (X11; Linux x86_64)", "curl/8", null),
            Title = Pick("Home", "Basket", null),
            Url = $"https://shop.example/{page}?a=1&b=ü",
            Host = "shop.example",
            Path = $"/{page}",
            Medium = Pick("cpc", "email", null),
            Source = Pick("google", null),
            Campaign = Pick("spring", null),
            Referrer = Pick("https://search.example/", null),
            RefrMedium = Pick("search", null),
            Country = Pick("DE", "PL", null),
            AppId = Pick("shop", "blog"),
        };
        return Who(e with { WebPageId = e.Name is "screen_view" ? null : Pick($"view-{page}", $"view-{page}", null) });
    }

    private TestEvent Who(TestEvent e)
    {
        var n = _random.Next(3);
        var login = Pick("ann", "bob", null, null);
        return _random.Next(7) switch
        {
            // A cookie's session that another user may have begun, or nobody.
            0 or 1 => e with
            {
                DomainUserid = Pick($"duid-{n}", $"duid-{n}", "duid-shared", null),
                DomainSessionid = $"session-{n}-{_random.Next(2)}",
                DomainSessionidx = _random.Next(1, 4),
                UserId = login,
            },
            2 => e with
            {
                ClientUserId = $"duid-{n}",
                ClientSessionId = $"client-{n}",
                ClientSessionIndex = n,
                Platform = "mob",
                ScreenId = Pick("screen-1", null),
                ScreenViewId = e.Name == "screen_view" ? Pick("screen-2", "screen-3") : null,
            },
            3 => e with { NetworkUserid = $"nuid-{n}", UserId = login, Platform = "srv" },
            4 => e with { UserId = Pick("ann", "bob"), Platform = "iot" },
            5 => e with { Ip = $"203.0.113.{n}" },
            _ => e with { NetworkUserid = "00000000-0000-0000-0000-000000000000", Ip = "unknown", DomainSessionid = Pick("anonymous-session", null) },
        };
    }

    private TimeSpan Random(TimeSpan span) => TimeSpan.FromMilliseconds(_random.NextInt64((long)span.TotalMilliseconds));

    // Within the span, and at no time that another event or copy has, which the batch computation does not order.
    private TimeSpan Within(TimeSpan time, TimeSpan span) => time < span ? time : Random(span);

    private string NewId()
    {
        var bytes = new byte[16];
        _random.NextBytes(bytes);
        return new Guid(bytes).ToString();
    }

    private string? Pick(params string?[] values) => values[_random.Next(values.Length)];
}
