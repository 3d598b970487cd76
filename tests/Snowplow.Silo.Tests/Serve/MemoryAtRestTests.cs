using Snowplow.Silo.Serve;

namespace Snowplow.Silo.Tests.Serve;

public sealed class MemoryAtRestTests : IDisposable
{
    private const int MiB = 1 << 20;

    private readonly MemoryAtRest _memory = new(TimeProvider.System);
    private long _allocated;

    public void Dispose() => _memory.Dispose();

    [Fact]
    public void Burst_IsGivenBackOnce_AfterAMinuteAndAHalfOfRest()
    {
        After(2_000, 700).ShouldBe([false, false]);

        After(1, 2, 1, 100, 1, 1, 1, 1, 1).ShouldBe([false, false, false, false, false, true, false, false, false]);
    }

    [Fact]
    public void Rest_ThatEventsInterrupt_BeginsAnew()
    {
        After(2_000, 1, 1, 1, 1, 1, 129, 1, 1, 1, 1, 1).ShouldAllBe(isDue => !isDue);

        After(1).ShouldBe([true]);
    }

    [Fact]
    public void SteadyTraffic_WithoutABurst_IsNeverPaused() =>
        After([.. Enumerable.Range(0, 200).Select(interval => interval % 11 < 8 ? 10 : 300)]).ShouldAllBe(isDue => !isDue);

    private bool[] After(params int[] allocatedMiB) => [.. allocatedMiB.Select(mebibytes => _memory.IsDue(_allocated += (long)mebibytes * MiB))];
}
