namespace Snowplow.Model.Tests.History;

/// <summary>An app on a phone: screens with their summaries, sessions numbered and chained by the tracker.</summary>
internal sealed class AppVisits(Chance chance)
{
    private const string Zeros = "00000000-0000-0000-0000-000000000000";

    private readonly TestEvent _device = new TestEvent { Platform = "mob", AppId = "shop-app" }.Device(chance);
    private readonly string _user = chance.Once(0.1) ? Zeros : chance.Id();
    private readonly TestEntity _mobile = TestEntity.Of("com.snowplowanalytics.snowplow/mobile_context", "1-0-3",
        ("osType", "android"), ("osVersion", "15"), ("deviceManufacturer", "Ğoogle"), ("deviceModel", "Pixel 9"),
        ("carrier", chance.Pick("Orange", null)), ("networkType", chance.Pick("wifi", "mobile", null)));

    private readonly TestEntity _application =
        TestEntity.Of("com.snowplowanalytics.mobile/application", "1-0-0", ("version", "2.1"), ("build", chance.Pick("s42", null)));

    private int _index;
    private string? _session;
    private TimeSpan _time;

    public IEnumerable<TestEvent> Visit(TimeSpan start)
    {
        _time = start;
        var previous = _session;
        _session = chance.Id();
        var session = TestEntity.Of("com.snowplowanalytics.snowplow/client_session", "1-0-2",
            ("userId", _user), ("sessionId", _session), ("sessionIndex", chance.Once(0.1) ? null : ++_index), ("previousSessionId", previous ?? chance.Pick("", null)));
        var visit = (_device with
        {
            DomainUserid = chance.Once(0.1) ? chance.Pick($"webview-{chance.Between(1, 500)}", Zeros) : null,
            UserId = chance.Once(0.3) ? $"cem-{chance.Between(1, 500)}" : null,
            Entities = chance.Once(0.8) ? [session, _mobile, _application] : [session],
        }).Source(chance);
        (string? Id, string? Name) last = default;
        for (var screens = chance.Between(0, 4); screens >= 0; screens--)
        {
            var (id, name) = (chance.Id(), chance.Pick("Start", "Warenkorb", "Größe"));
            var screen = TestEntity.Of("com.snowplowanalytics.mobile/screen", "1-0-0", ("id", id), ("name", name), ("type", chance.Pick("tab", null)));
            var here = visit with { Entities = [.. visit.Entities, screen] };
            if (chance.Once(0.9))
            {
                yield return Next((chance.Once(0.5) ? here : visit) with
                {
                    Name = "screen_view",
                    Told = TestEntity.Of("com.snowplowanalytics.mobile/screen_view", "1-0-0",
                        ("id", id), ("name", name), ("type", chance.Pick("full", null)), ("previousId", last.Id), ("previousName", last.Name)),
                });
            }

            for (var more = chance.Between(0, 2); more > 0; more--) yield return Next(here.Happening(chance));
            for (var summaries = chance.Between(0, 2); summaries > 0; summaries--) yield return Next(Summary(here));
            last = (id, name);
        }
    }

    private TestEvent Summary(TestEvent here)
    {
        var (isList, isScrolled) = (chance.Once(0.5), chance.Once(0.7));
        return here with
        {
            Name = chance.Pick("screen_end", "application_background"),
            Entities =
            [
                .. here.Entities,
                TestEntity.Of("com.snowplowanalytics.mobile/screen_summary", "1-0-0",
                    ("foreground_sec", chance.Pick<object?>(0.4, 10.9, 25.5, 31)), ("background_sec", chance.Pick<object?>(5.5, 300, null)),
                    ("last_item_index", isList ? chance.Between(0, 30) : null), ("items_count", isList ? chance.Between(0, 25) : null),
                    ("max_x_offset", isScrolled ? chance.Pick<object?>(320, null) : null), ("max_y_offset", isScrolled ? chance.Between(0, 3000) : null),
                    ("content_width", isScrolled ? 400 : null), ("content_height", isScrolled ? chance.Between(0, 2500) : null)),
            ],
        };
    }

    private TestEvent Next(TestEvent e)
    {
        _time += TimeSpan.FromMilliseconds(chance.Between(1, 120_000));
        var time = TestEvent.Noon + _time;
        return e with { Id = chance.Id(), Time = time, Created = time.AddSeconds(chance.Between(-40, 40)), Collector = time.AddMinutes(chance.Between(0, 30)) };
    }
}
