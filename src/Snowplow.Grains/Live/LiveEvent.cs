namespace Snowplow.Grains.Live;

/// <summary>An enriched event, in brief. Null stands for an empty field.</summary>
/// <param name="EventId"><c>event_id</c>.</param>
/// <param name="Event"><c>event</c>, such as <c>page_view</c>.</param>
/// <param name="EventName"><c>event_name</c>.</param>
/// <param name="AppId"><c>app_id</c>.</param>
/// <param name="Platform"><c>platform</c>.</param>
/// <param name="CollectorTstamp"><c>collector_tstamp</c>.</param>
/// <param name="PageUrl"><c>page_url</c>.</param>
/// <param name="PageTitle"><c>page_title</c>.</param>
/// <param name="User">The user key, as <c>/api/users/{id}</c> takes it.</param>
/// <param name="Session">The session key.</param>
[GenerateSerializer]
[Immutable]
[Alias("Snowplow.LiveEvent")]
public sealed record LiveEvent(
    [property: Id(0)] string? EventId,
    [property: Id(1)] string? Event,
    [property: Id(2)] string? EventName,
    [property: Id(3)] string? AppId,
    [property: Id(4)] string? Platform,
    [property: Id(5)] DateTimeOffset? CollectorTstamp,
    [property: Id(6)] string? PageUrl,
    [property: Id(7)] string? PageTitle,
    [property: Id(8)] string? User,
    [property: Id(9)] string? Session);
