using Snowplow.Events.Enriched;
using Snowplow.Kql;
using Snowplow.Model;

namespace Snowplow.Silo.Query.Folder;

/// <summary>Who was forgotten, and up to when: by the keys of users and sessions.</summary>
internal sealed class ForgottenPeople
{
    private readonly Dictionary<string, DateTime> _until = new(StringComparer.Ordinal);
    private readonly EventKeyReader _keys = new();

    /// <summary>Those of a result of keys and times.</summary>
    public static ForgottenPeople Of(ResultTable keys)
    {
        var people = new ForgottenPeople();
        foreach (var row in keys.Rows()) people._until[(string)row[0]!] = (DateTime)row[1]!;
        return people;
    }

    /// <summary>Whether an event is of one of them, and of before.</summary>
    public bool Include(EnrichedEvent e)
    {
        if (_until.Count == 0) return false;
        var of = _keys.Read(e);
        return Includes(of.User, e) || Includes(of.Session, e);
    }

    private bool Includes(string? key, EnrichedEvent e) =>
        key is not null && _until.TryGetValue(key, out var until) && EventTime.TryParse(e[EventField.CollectorTstamp], out var collected) && collected <= new DateTimeOffset(until, TimeSpan.Zero);
}
