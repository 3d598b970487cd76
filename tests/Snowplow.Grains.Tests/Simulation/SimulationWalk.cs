namespace Snowplow.Grains.Tests.Simulation;

/// <summary>What happened over many runs: proof that the paths which matter were walked.</summary>
internal sealed class SimulationWalk
{
    public int LostWrites { get; private set; }

    public int Orphans { get; private set; }

    public int FailedEvents { get; private set; }

    public void Add(int lostWrites, int orphans, int failedEvents)
    {
        FailedEvents += failedEvents;
        LostWrites += lostWrites;
        Orphans += orphans;
    }
}
