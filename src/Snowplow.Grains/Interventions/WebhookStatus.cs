namespace Snowplow.Grains.Interventions;

/// <summary>Where a webhook stands.</summary>
/// <param name="Waiting">Interventions that are not delivered yet.</param>
/// <param name="Delivered">Interventions delivered since the data folder was new.</param>
/// <param name="Dead">Interventions written to the dead letters.</param>
/// <param name="Problem">Why the last attempt failed; null where it succeeded or there was none.</param>
[GenerateSerializer]
[Immutable]
[Alias("Snowplow.WebhookStatus")]
public sealed record WebhookStatus(
    [property: Id(0)] int Waiting, [property: Id(1)] long Delivered, [property: Id(2)] long Dead, [property: Id(3)] string? Problem);
