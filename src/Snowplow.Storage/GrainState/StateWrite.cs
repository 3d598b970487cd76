namespace Snowplow.Storage.GrainState;

/// <summary>A write or clear that waits for its group. Its task's result is whether its ETag held.</summary>
internal sealed class StateWrite(byte[] grain, byte[] state, byte[]? json, long? expected, long etag)
    : TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously)
{
    public byte[] Grain { get; } = grain;

    public byte[] State { get; } = state;

    public byte[]? Json { get; } = json;

    public long? Expected { get; } = expected;

    public long ETag { get; } = etag;

    /// <summary>Whether its ETag held when its group was written; told to the caller after the commit.</summary>
    public bool Held { get; set; }
}
