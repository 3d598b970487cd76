using Snowplow.Model.Events;
using Snowplow.Model.Rules;

namespace Snowplow.Model.Sessions;

/// <summary>What a session's row computes from what is kept, and its user's sums take too.</summary>
/// <param name="StartMs">start_tstamp.</param>
/// <param name="EngagedSeconds">engaged_time_in_s.</param>
/// <param name="AbsoluteSeconds">absolute_time_in_s.</param>
/// <param name="IsEngaged">is_engaged.</param>
internal readonly record struct SessionMeasures(long StartMs, long EngagedSeconds, long AbsoluteSeconds, bool IsEngaged)
{
    public static SessionMeasures Of(Session session, ModelRules rules)
    {
        var numbers = rules.Sessions;
        var startMs = session.Entry!.Kind == EventKind.PagePing ? session.StartMs - numbers.MinVisitLengthMs : session.StartMs;
        var engaged = numbers.EngagedSeconds(session.Pings.Count, session.Pings.Views) + session.ViewList.ForegroundSeconds;
        var isEngaged = session.Views.Count >= 2 || engaged >= 2 * (long)numbers.Heartbeat.TotalSeconds
            || rules.Conversions.Any(rule => session.Conversions.Of(rule.Name) is { Volume: > 0 });
        return new SessionMeasures(startMs, engaged, (session.EndMs - startMs) / 1000, isEngaged);
    }
}
