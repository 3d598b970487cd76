using System.Text.Json.Serialization;

namespace Snowplow.Model.Profiles;

/// <summary>An intervention that a state keeps until the range of the event that brought it is finished.</summary>
/// <param name="Partition">The partition that landed the event.</param>
/// <param name="UpTo">The end of the event's batch.</param>
/// <param name="Intervention">The intervention.</param>
internal sealed record PendingIntervention(
    [property: JsonPropertyName("p")] string Partition,
    [property: JsonPropertyName("u")] long UpTo,
    [property: JsonPropertyName("i")] Intervention Intervention);
