using System.Reflection;
using Microsoft.Extensions.Logging.Abstractions;
using Snowplow.Azure.Tests.EventHubs;
using Snowplow.Grains;
using Snowplow.Grains.Partition;

namespace Snowplow.Azure.Tests.Silos;

public sealed class PartitionSupervisorTests
{
    [Fact]
    public async Task Stop_WhilePingsWaitForASiloThatIsGone_TellsTheOthersAndEnds()
    {
        await using var hub = new TestHub(2);
        var told = 0;
        var services = new PipelineServices(await hub.OpenAsync(), null!, null!, null!, TimeProvider.System, new PipelineOptions())
        {
            Here = new PartitionsHere(() =>
            {
                told++;
                return Task.CompletedTask;
            }),
        };
        var grains = DispatchProxy.Create<IGrainFactory, Silent>();
        using var supervisor = new PartitionSupervisor(grains, services, NullLogger<PartitionSupervisor>.Instance);
        await supervisor.StartAsync(hub.Timeout);
        await hub.UntilAsync(() => ((Silent)(object)grains).Pings == 2, "both partitions are pinged");

        await supervisor.StopAsync(hub.Timeout).WaitAsync(hub.Timeout);

        told.ShouldBe(1);
    }

    // Grains that do not answer.
    [System.Diagnostics.CodeAnalysis.SuppressMessage("Performance", "CA1852:Seal internal types", Justification = "The proxy is a subclass.")]
    private class Silent : DispatchProxy
    {
        private int _pings;

        public int Pings => Volatile.Read(ref _pings);

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
        {
            if (targetMethod!.Name == nameof(IGrainFactory.GetGrain))
            {
                var grain = Create<IPartitionGrain, SilentGrain>();
                ((SilentGrain)(object)grain).Asked = () => Interlocked.Increment(ref _pings);
                return grain;
            }

            throw new NotSupportedException(targetMethod.Name);
        }
    }

    [System.Diagnostics.CodeAnalysis.SuppressMessage("Performance", "CA1852:Seal internal types", Justification = "The proxy is a subclass.")]
    private class SilentGrain : DispatchProxy
    {
        public Action Asked { get; set; } = () => { };

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
        {
            Asked();
            return new TaskCompletionSource<PartitionStatus>().Task;
        }
    }
}
