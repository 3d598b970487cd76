namespace Snowplow.Storage.Landing;

/// <summary>
/// Someone else has written to the partition's files: another activation of the partition lives. Nothing is lost and
/// nothing is doubled; this activation ends, and the next one recovers.
/// </summary>
public sealed class LandingConflictException(string file, long offset)
    : Exception($"Another activation has written to '{file}' at byte {offset}; this one has to start again from what has landed.")
{
    /// <summary>The name of the file.</summary>
    public string File { get; } = file;

    /// <summary>The length that the file was expected to have, in bytes.</summary>
    public long Offset { get; } = offset;
}
