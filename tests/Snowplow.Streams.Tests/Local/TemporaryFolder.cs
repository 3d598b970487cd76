namespace Snowplow.Streams.Tests.Local;

/// <summary>A folder that goes with its test.</summary>
public sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("snowplow-streams-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
