using Xunit.Abstractions;

namespace Snowplow.Grains.Tests.Simulation;

/// <summary>
/// The contracts of ARCHITECTURE.md §4 under a seeded scheduler that kills, freezes, sheds and reorders at every await.
/// Hundreds of runs by default, thousands with SNOWPLOW_TEST_SCALE=full. A failing seed repeats exactly.
/// </summary>
public sealed class ExactlyOnceTests(ITestOutputHelper output)
{
    private static readonly int Runs = Environment.GetEnvironmentVariable("SNOWPLOW_TEST_SCALE") == "full" ? 3_000 : 300;

    // A broken contract shows where two faults meet: a state written over another one's takes hundreds of runs.
    private const int RunsUntilCaught = 3_000;

    [Fact]
    public void Pipeline_WhateverIsLost_LandsEachRecordOnceAndEndsWithTheRowsOfAnUninterruptedRun() =>
        AssertSurvives(new SimulationFaults());

    [Fact]
    public void Pipeline_OnAStoreThatCannotCut_LandsEachRecordOnceAndEndsWithTheRowsOfAnUninterruptedRun() =>
        AssertSurvives(new SimulationFaults { CanTruncate = false });

    [Fact]
    public void Simulation_WhenGrainsIgnoreWhereTheyMustStand_CatchesIt() => AssertCaught(new SimulationFaults { IgnoresAfter = true });

    [Fact]
    public void Simulation_WhenRowsComeFromMemory_CatchesIt() => AssertCaught(new SimulationFaults { RowsFromMemory = true });

    [Fact]
    public void Simulation_WhenStatesAreWrittenWhateverTheirETag_CatchesIt() => AssertCaught(new SimulationFaults { IgnoresETags = true });

    [Fact]
    public void Simulation_WhenInterventionsAreToldAtTheFirstTryOnly_CatchesIt() => AssertCaught(new SimulationFaults { TellsInterventionsOnce = true });

    [Fact]
    public void Simulation_WhenFailedEventsAreLeftOut_CatchesIt() => AssertCaught(new SimulationFaults { LeavesOutFailedEvents = true });

    [Fact]
    public void Simulation_WhenTheEventThatForgetsIsInOnePartitionOnly_CatchesIt() => AssertCaught(new SimulationFaults { ForgetsInOnePartition = true });

    [Fact]
    public void Simulation_WhenTheWarehouseNeverReadsWhatItMisses_CatchesIt() => AssertCaught(new SimulationFaults { NeverCatchesUp = true });

    [Fact]
    public void Simulation_WhenAppendsIgnoreTheExpectedLength_CatchesIt() => AssertCaught(new SimulationFaults { AppendsAnywhere = true });

    private void AssertSurvives(SimulationFaults faults)
    {
        var walk = new SimulationWalk();
        for (var seed = 0; seed < Runs; seed++)
        {
            var wrong = SimulatedPipeline.Run(seed, faults, walk);
            wrong.ShouldBeEmpty($"Seed {seed}:\n{string.Join('\n', wrong)}");
        }

        output.WriteLine($"{Runs} runs; {walk.LostWrites} writes lost their ETag; {walk.Orphans} frozen activations at the end; {walk.FailedEvents} failed events.");
        walk.LostWrites.ShouldBeGreaterThan(0);
        walk.FailedEvents.ShouldBeGreaterThan(Runs / 2);
    }

    private void AssertCaught(SimulationFaults faults)
    {
        var walk = new SimulationWalk();
        for (var seed = 0; seed < RunsUntilCaught; seed++)
        {
            if (SimulatedPipeline.Run(seed, faults, walk) is not { Count: > 0 } wrong) continue;
            output.WriteLine($"Caught by seed {seed}: {wrong[0]}");
            return;
        }

        Assert.Fail($"None of {RunsUntilCaught} runs noticed the broken contract.");
    }
}
