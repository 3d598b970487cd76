using Orleans.Contracts;
using Snowplow.Grains.Partition;

namespace Snowplow.Grains.Tests;

public sealed class GrainContractTests
{
    [Fact]
    public void GrainArgumentsAndAnswers_PassedByReference_AreImmutable() =>
        GrainContracts.FindMutable(typeof(IPartitionGrain).Assembly).ShouldBeEmpty();
}
