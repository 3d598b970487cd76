using System.Net;
using System.Reflection;
using Orleans.Runtime.Placement;
using Snowplow.Azure.Silos;
using Snowplow.Azure.Tests.EventHubs;
using Snowplow.Grains;
using Snowplow.Grains.Partition;
using Snowplow.Storage.Landing;

namespace Snowplow.Azure.Tests.Silos;

public sealed class PartitionPlacementTests
{
    [Fact]
    public async Task Placement_WhenASiloLeaves_ChoosesTheOthers_AndItAgainWhereNoneStays()
    {
        const int Partitions = 16;
        await using var hub = new TestHub(Partitions);
        var stream = await hub.OpenAsync();
        var silos = Enumerable.Range(1, 3).Select(number => SiloAddress.New(IPAddress.Loopback, 11110 + number, number)).ToArray();
        var leaving = new LeavingSilos();
        var director = new PartitionPlacementDirector(new PipelineServices(stream, null!, null!, null!, TimeProvider.System, new PipelineOptions()), leaving);
        async Task<HashSet<SiloAddress>> PlacesAsync()
        {
            var places = new HashSet<SiloAddress>();
            for (var partition = 0; partition < Partitions; partition++)
                places.Add(await director.OnAddActivation(
                    new PartitionPlacement(), new PlacementTarget(PartitionGrain.IdOf(new PartitionName(stream.Identity, partition)), [], default, 0), Context.Of(silos)));
            return places;
        }

        (await PlacesAsync()).ShouldBe(silos, ignoreOrder: true);
        leaving.Add(silos[1]);
        (await PlacesAsync()).ShouldBe([silos[0], silos[2]], ignoreOrder: true);
        leaving.Add(silos[0]);
        leaving.Add(silos[2]);
        (await PlacesAsync()).ShouldBe(silos, ignoreOrder: true);
    }

    // Knows the silos, which is all that the director asks for.
    [System.Diagnostics.CodeAnalysis.SuppressMessage("Performance", "CA1852:Seal internal types", Justification = "The proxy is a subclass.")]
    private class Context : DispatchProxy
    {
        private SiloAddress[] _silos = [];

        public static IPlacementContext Of(SiloAddress[] silos)
        {
            var context = Create<IPlacementContext, Context>();
            ((Context)(object)context)._silos = silos;
            return context;
        }

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
            targetMethod!.Name == nameof(IPlacementContext.GetCompatibleSilos) ? _silos : throw new NotSupportedException(targetMethod.Name);
    }
}
