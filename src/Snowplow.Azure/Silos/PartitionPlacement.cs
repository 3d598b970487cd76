using Orleans.Metadata;
using Orleans.Runtime.Placement;
using Snowplow.Grains;
using Snowplow.Storage.Landing;

namespace Snowplow.Azure.Silos;

/// <summary>Partitions go where <see cref="PartitionHomes"/> says; the grains of users and sessions beside the partition that calls them first.</summary>
[GenerateSerializer]
[Immutable]
internal sealed class PartitionPlacement : PlacementStrategy;

/// <summary>Gives grains their placement, so that their classes need not know of clusters.</summary>
internal sealed class PlacementOfGrains : IPlacementStrategyResolver
{
    private static readonly GrainType Partition = GrainType.Create("partition");
    private readonly PartitionPlacement _partitions = new();
    private readonly PreferLocalPlacement _beside = new();

    /// <inheritdoc/>
    public bool TryResolvePlacementStrategy(GrainType grainType, GrainProperties? properties, out PlacementStrategy result)
    {
        var name = grainType.ToString();
        result = grainType == Partition ? _partitions : name is "session" or "user" or "profile" ? _beside : null!;
        return result is not null;
    }
}

/// <summary>Chooses the silo of a partition.</summary>
internal sealed class PartitionPlacementDirector(PipelineServices services, LeavingSilos leaving) : IPlacementDirector
{
    /// <inheritdoc/>
    public Task<SiloAddress> OnAddActivation(PlacementStrategy strategy, PlacementTarget target, IPlacementContext context)
    {
        var silos = leaving.Staying(context.GetCompatibleSilos(target));
        var number = PartitionName.Parse(target.GrainIdentity.Key.ToString()!).Number;
        var home = PartitionHomes.Of(Math.Max(number + 1, services.Stream.PartitionCount), [.. silos.Select(silo => silo.ToParsableString())])[number];
        return Task.FromResult(silos.First(silo => silo.ToParsableString() == home));
    }
}
