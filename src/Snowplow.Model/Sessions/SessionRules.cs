namespace Snowplow.Model.Sessions;

/// <summary>
/// The numbers by which sessions are cut and measured. States hold what was computed under them, so a change asks for a new
/// model generation. Snowplow's variable names and defaults are in brackets.
/// </summary>
public sealed record SessionRules
{
    /// <summary>Snowplow's values where it has one.</summary>
    public static readonly SessionRules Default = new();

    /// <summary>
    /// Events of a user with more than this between them, by derived_tstamp, are in different server-cut sessions
    /// (trackers: 30 minutes).
    /// </summary>
    public TimeSpan InactivityGap { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>The time zone at whose midnights server-cut sessions end too; null: at none.</summary>
    public TimeZoneInfo? Midnight { get; init; }

    /// <summary>
    /// Whether a campaign other than the session's begins a server-cut session. A session's campaign is that of its first event
    /// that has one; a page ping begins none.
    /// </summary>
    public bool NewCampaign { get; init; }

    /// <summary>An event more than this after its server-cut session's first begins another; null: sessions may have any length.</summary>
    public TimeSpan? MaxLength { get; init; }

    /// <summary>
    /// How far behind the newest event time of its user an event may come and still find its server-cut session. Closed
    /// sessions beyond are given up once their rows are safe; an event that comes later still makes a session of its own.
    /// </summary>
    public TimeSpan Lateness { get; init; } = TimeSpan.FromDays(3);

    /// <summary>The distance of page pings (<c>heartbeat</c>, 10 s); whole seconds.</summary>
    public TimeSpan Heartbeat { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The time to the first page ping (<c>min_visit_length</c>, 5 s); whole seconds.</summary>
    public TimeSpan MinVisitLength { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The rules in words, the same for the same rules.</summary>
    public override string ToString() => string.Create(
        System.Globalization.CultureInfo.InvariantCulture,
        $"inactivity_gap {InactivityGap.TotalSeconds} s, midnight {Midnight?.Id ?? "none"}, heartbeat {Heartbeat.TotalSeconds} s, min_visit_length {MinVisitLength.TotalSeconds} s")
        + (NewCampaign ? ", new_campaign" : "")
        + (MaxLength is { } length ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $", max_length {length.TotalSeconds} s") : "");

    /// <summary>
    /// Whether where a session begins depends on where the one before it does, so that a late event can move all cuts behind it.
    /// </summary>
    internal bool CutsDependOnEachOther => NewCampaign || MaxLength is not null;

    internal long MaxLengthMs => MaxLength is { } length ? (long)length.TotalMilliseconds : long.MaxValue;

    internal long InactivityGapMs => (long)InactivityGap.TotalMilliseconds;

    internal long LatenessMs => (long)Lateness.TotalMilliseconds;

    internal long MinVisitLengthMs => (long)MinVisitLength.TotalMilliseconds;

    /// <summary>
    /// Whether two events, in order of time and with none between, are in one server-cut session, as far as their times alone tell.
    /// </summary>
    internal bool AreTogether(long earlierMs, long laterMs) =>
        laterMs - earlierMs <= InactivityGapMs && (Midnight is null || DayOf(earlierMs, Midnight) == DayOf(laterMs, Midnight));

    private static DateTime DayOf(long unixMs, TimeZoneInfo zone) =>
        TimeZoneInfo.ConvertTime(UtcTimeConverter.FromMilliseconds(unixMs), zone).Date;

    /// <summary>The number of the heartbeat that a time falls into: floor(Unix seconds / heartbeat), as Snowplow's SQL.</summary>
    internal long Bucket(long unixMs) => (long)Math.Floor(unixMs / Heartbeat.TotalMilliseconds);

    /// <summary>
    /// Heartbeat × (heartbeats seen − views they were seen on) + those views × minimum visit length, in seconds: the first
    /// ping of a view stands for the minimum visit length.
    /// </summary>
    internal long EngagedSeconds(long heartbeats, long views) =>
        (long)Heartbeat.TotalSeconds * (heartbeats - views) + views * (long)MinVisitLength.TotalSeconds;
}
