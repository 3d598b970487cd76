namespace Snowplow.EndToEnd.Tests.Crash;

/// <summary>How one run of the product ends.</summary>
internal enum RunEnd
{
    /// <summary>SIGKILL some time after it has become ready.</summary>
    KilledUnderLoad,

    /// <summary>SIGKILL some time after its start, ready or not: often during recovery.</summary>
    KilledWhileStarting,

    /// <summary>SIGINT some time after it has become ready.</summary>
    Interrupted,
}
