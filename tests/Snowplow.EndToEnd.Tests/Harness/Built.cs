using System.Reflection;

namespace Snowplow.EndToEnd.Tests.Harness;

/// <summary>Where the build has put things.</summary>
internal static class Built
{
    /// <summary>The product: <c>snowplow.dll</c>.</summary>
    public static readonly string Executable = Path.GetFullPath(Path.Combine(
        AppContext.BaseDirectory,
        typeof(Built).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == "SnowplowExecutable").Value!));

    /// <summary>The browser and Node.js clients, copied beside the test assembly.</summary>
    public static readonly string Clients = Path.Combine(AppContext.BaseDirectory, "clients");

    /// <summary>An Iglu registry as a folder: the schemas of the shop that the clients play.</summary>
    public static readonly string IgluFolder = Path.Combine(AppContext.BaseDirectory, "iglu");

    /// <summary>The repository's root: the folder of the solution.</summary>
    public static string Repository
    {
        get
        {
            var folder = new DirectoryInfo(AppContext.BaseDirectory);
            while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Snowplow.Orleans.sln"))) folder = folder.Parent;
            return folder?.FullName ?? throw new DirectoryNotFoundException($"{AppContext.BaseDirectory} is not inside the repository.");
        }
    }
}
