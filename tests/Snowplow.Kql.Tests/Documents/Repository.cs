namespace Snowplow.Kql.Tests.Documents;

/// <summary>Where the pages are.</summary>
internal static class Repository
{
    /// <summary>The page of a name in docs/.</summary>
    public static string Page(string name)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Snowplow.Orleans.sln")))
            folder = folder.Parent ?? throw new DirectoryNotFoundException($"{AppContext.BaseDirectory} is not inside the repository.");
        return Path.Combine(folder.FullName, "docs", name);
    }
}
