using Snowplow.Silo.Kusto;

namespace Snowplow.Silo.Tests.Kusto;

public sealed class QueryGateTests
{
    [Fact]
    public async Task Gate_WhenTooManyWait_RefusesMoreUntilSomeHavePassed()
    {
        using var gate = new QueryGate();
        using var open = new ManualResetEventSlim();
        using var full = new CountdownEvent(QueryGate.MostRunning);
        var running = 0;
        var most = 0;
        var queries = Enumerable.Range(0, QueryGate.MostRunning + QueryGate.MostWaiting).Select(i => gate.PassAsync(
            () =>
            {
                InterlockedMax(ref most, Interlocked.Increment(ref running));
                if (!full.IsSet) full.Signal();
                open.Wait();
                Interlocked.Decrement(ref running);
                return i;
            },
            default)).ToList();

        (await Should.ThrowAsync<KustoException>(() => gate.PassAsync(() => 0, default))).Error.Status.ShouldBe(429);
        full.Wait();
        open.Set();
        (await Task.WhenAll(queries)).ShouldBe(Enumerable.Range(0, queries.Count));
        most.ShouldBe(QueryGate.MostRunning);
        (await gate.PassAsync(() => 7, default)).ShouldBe(7);
    }

    private static void InterlockedMax(ref int most, int value)
    {
        for (var seen = most; value > seen; seen = most)
            if (Interlocked.CompareExchange(ref most, value, seen) == seen) return;
    }
}
