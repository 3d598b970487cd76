namespace Snowplow.Model.Profiles;

/// <summary>An event made an intervention's condition true for a profile.</summary>
/// <param name="Id">A UUID that is the same whenever the same event does so, however often it is told.</param>
/// <param name="Name">The intervention's name.</param>
/// <param name="Group">The group's name.</param>
/// <param name="Key">The profile's key, as <c>/api/profiles/{group}/{key}</c> takes it.</param>
/// <param name="CollectorTstamp">When the event arrived at the collector.</param>
/// <param name="Json">All of it with the attributes of that moment: the JSON object that subscribers get.</param>
public sealed record Intervention(string Id, string Name, string Group, string Key, DateTimeOffset CollectorTstamp, string Json);
