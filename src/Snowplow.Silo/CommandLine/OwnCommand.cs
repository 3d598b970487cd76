namespace Snowplow.Silo.CommandLine;

/// <summary>How to start this program once more: what its user can type in the folder the process stands in.</summary>
internal static class OwnCommand
{
    private const string Name = "snowplow";

    /// <summary>The command of this process.</summary>
    public static string Text => Of(
        Environment.ProcessPath ?? Name, Path.Combine(AppContext.BaseDirectory, $"{Name}.dll"), Environment.GetEnvironmentVariable("PATH") ?? "");

    /// <summary>The bare name when the executable is on the path, its file otherwise, or <c>dotnet</c> with the assembly.</summary>
    /// <param name="process">File of the running process: our executable, or <c>dotnet</c>.</param>
    /// <param name="assembly">File of our assembly.</param>
    /// <param name="searchPath">Folders in which commands are looked up.</param>
    internal static string Of(string process, string assembly, string searchPath)
    {
        if (Path.GetFileNameWithoutExtension(process) != Name)
            return $"dotnet {Quoted(assembly)}";
        var folder = Path.GetDirectoryName(process);
        var isFound = searchPath.Split(Path.PathSeparator).Any(searched => Path.TrimEndingDirectorySeparator(searched) == folder);
        return isFound ? Name : Quoted(process);
    }

    private static string Quoted(string path) => path.Contains(' ', StringComparison.Ordinal) ? $"\"{path}\"" : path;
}
