namespace Snowplow.Grains.Tests.Simulation;

/// <summary>What goes wrong in a simulated run. The first four must be survived; the others break a contract and must be caught.</summary>
internal sealed record SimulationFaults
{
    /// <summary>The probability that an append leaves only a part and fails.</summary>
    public double TornAppend { get; init; } = 0.01;

    /// <summary>The probability that a state's write is stored without an answer.</summary>
    public double LostAnswer { get; init; } = 0.01;

    /// <summary>The probability, per step, of each kind of loss: of a grain, of a partition that freezes and goes on, of the process.</summary>
    public double Losses { get; init; } = 0.002;

    /// <summary>Whether the blob store can cut blobs: a folder can, append blobs cannot.</summary>
    public bool CanTruncate { get; init; } = true;

    /// <summary>Broken: an append takes effect whatever the blob's length.</summary>
    public bool AppendsAnywhere { get; init; }

    /// <summary>Broken: a state's write takes effect whatever its ETag.</summary>
    public bool IgnoresETags { get; init; }

    /// <summary>Broken: grains do not look at where they must already stand (exactly-once: B1).</summary>
    public bool IgnoresAfter { get; init; }

    /// <summary>Broken: failed events are left out where they are wanted.</summary>
    public bool LeavesOutFailedEvents { get; init; }

    /// <summary>Broken: an event that forgets is in one partition only.</summary>
    public bool ForgetsInOnePartition { get; init; }

    /// <summary>Broken: rows are taken from memory that was not written (B6).</summary>
    public bool RowsFromMemory { get; init; }

    /// <summary>Broken: interventions are told at the first try of their range only.</summary>
    public bool TellsInterventionsOnce { get; init; }

    /// <summary>Broken: the warehouse never reads from files what it misses.</summary>
    public bool NeverCatchesUp { get; init; }
}
