namespace Snowplow.Azure.Tests.DataExplorer;

/// <summary>A folder as <c>infra/kusto</c> is, with one script.</summary>
internal sealed class ScriptFolder : IDisposable
{
    public ScriptFolder(int version, string commands)
    {
        foreach (var part in new[] { "tables", "views", "functions", "analyses" }) Directory.CreateDirectory(System.IO.Path.Combine(Path, part));
        File.WriteAllText(System.IO.Path.Combine(Path, "version.json"), $$"""{"version": {{version}}}""");
        Write(commands);
    }

    public string Path { get; } = Directory.CreateTempSubdirectory("scripts-").FullName;

    public void Write(string commands) => File.WriteAllText(System.IO.Path.Combine(Path, "policies.kql"), commands);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
