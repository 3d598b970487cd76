namespace Snowplow.Grains.Live;

/// <summary>Names of the live feed: what a dashboard watches. It shows memory, so it may run ahead of files, and repeat after a loss.</summary>
public static class LiveFeed
{
    /// <summary>The stream provider's name.</summary>
    public const string ProviderName = "live";

    /// <summary>The one stream of <see cref="LiveBatch"/> that all partitions publish to.</summary>
    public static readonly StreamId Batches = StreamId.Create("snowplow", "batches");

    /// <summary>The one stream of <see cref="LiveInterventions"/> that all partitions publish to; these come from written state.</summary>
    public static readonly StreamId Interventions = StreamId.Create("snowplow", "interventions");

    /// <summary>The one stream of <see cref="LiveForgotten"/>, which erasures publish to.</summary>
    public static readonly StreamId Forgotten = StreamId.Create("snowplow", "forgotten");
}
