using System.Collections.Immutable;
using Snowplow.Enrich;
using Snowplow.Events.Enriched;
using Snowplow.Grains.Interventions;
using Snowplow.Grains.Partition;
using Snowplow.Model.Rules;
using Snowplow.Storage.Blobs;
using Snowplow.Storage.Warehouse;
using Snowplow.Streams;

namespace Snowplow.Grains;

/// <summary>What the partition grains need from outside: the ports, the enrichment and the clock.</summary>
/// <param name="Stream">Where raw records come from.</param>
/// <param name="Blobs">Where enriched events, bad rows, failed events and rows land.</param>
/// <param name="Enrich">Makes an enrichment of a partition's own (it reuses its buffers).</param>
/// <param name="Rules">The model rules.</param>
/// <param name="Time">The clock of batches, checkpoints and retries; it decides when, never what.</param>
/// <param name="Options">Sizes and intervals.</param>
public sealed record PipelineServices(
    IRawStream Stream, IBlobStore Blobs, Func<EnrichPipeline> Enrich, ModelRules Rules, TimeProvider Time, PipelineOptions Options)
{
    /// <summary>The webhooks that are told of interventions.</summary>
    public ImmutableArray<WebhookRoute> Webhooks { get; init; } = [];

    /// <summary>Where analysts query; null where there is no such place.</summary>
    public IWarehouse? Warehouse { get; init; }

    /// <summary>Given each batch once it has landed and its grains have it, perhaps again after a failure, and must not take long; null for nobody.</summary>
    public Action<EnrichedBatch>? Landed { get; init; }

    /// <summary>The partitions of this silo, where silos share them; null where all are of one process.</summary>
    public PartitionsHere? Here { get; init; }

    /// <summary>The name of the grain storage that holds the states of partitions, sessions, users, profiles and webhooks.</summary>
    public const string StateStorage = "state";
}
