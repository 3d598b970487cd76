namespace Snowplow.Storage.Landing;

/// <summary>
/// A file of landed data is damaged elsewhere than at its unfinished end, or misses data that had been there. It takes
/// an operator: restore the file, or move it away together with everything that was made from it.
/// </summary>
public sealed class LandingCorruptException(string file, long offset, string problem)
    : Exception($"'{file}' at byte {offset}: {problem}")
{
    /// <summary>The name of the file.</summary>
    public string File { get; } = file;

    /// <summary>Where in the file, in bytes.</summary>
    public long Offset { get; } = offset;
}
