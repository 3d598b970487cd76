namespace Snowplow.Model.Tests.History;

/// <summary>Somebody or something with a device: what it does in a visit depends on its kind.</summary>
internal sealed class Visitor
{
    private static readonly string[] Bots =
        ["Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)", "facebookexternalhit/1.1", "Mozilla/5.0 HeadlessPhantomJS"];

    private readonly Chance _chance;
    private readonly Func<TimeSpan, IEnumerable<TestEvent>> _visit;

    public Visitor(Chance chance)
    {
        _chance = chance;
        _visit = chance.Between(0, 9) switch
        {
            0 or 1 or 2 or 3 => new WebVisits(chance).Visit,
            4 or 5 => new AppVisits(chance).Visit,
            var kind => new OtherVisits(chance, kind).Visit,
        };
    }

    /// <summary>The events of a visit; one in twenty is a bot's.</summary>
    public IEnumerable<TestEvent> Visit(TimeSpan start)
    {
        var events = _visit(start);
        if (_chance.Once(0.05)) return events.Select(e => e with { Useragent = _chance.Pick(Bots) });
        if (!_chance.Once(0.03)) return events;
        var spider = TestEntity.Of("com.iab.snowplow/spiders_and_robots", "1-0-0", ("spiderOrRobot", true));
        return events.Select(e => e with { DerivedEntities = [.. e.DerivedEntities, spider] });
    }
}
